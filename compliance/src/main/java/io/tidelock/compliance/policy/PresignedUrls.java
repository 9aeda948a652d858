package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * How long a presigned URL stays usable on a bucket (rules S1 to S3).
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">signature conditions</a>
 */
public final class PresignedUrls {
    /** The longest life that Signature Version 4 gives a presigned URL: seven days (rule S2). */
    public static final long LIFETIME_MAX_MS = 604_800_000L;

    private static final List<String> ACTIONS = List.of("s3:GetObject", "s3:PutObject");

    private PresignedUrls() {}

    /**
     * Whether every presigned URL older than {@code ageMaxMs} milliseconds is refused, for reading and for writing (that
     * both are asked for is our own judgement).
     *
     * @param ageMaxMs 0 to {@link #LIFETIME_MAX_MS} minus 1
     */
    public static Refusal refusesOlderThan(Policy policy, BucketResource bucket, long ageMaxMs) {
        if (ageMaxMs < 0 || ageMaxMs >= LIFETIME_MAX_MS) {
            throw new IllegalArgumentException(
                    "maxSignatureAgeMs must be 0 to " + (LIFETIME_MAX_MS - 1) + ", was " + ageMaxMs);
        }
        var old = RequestContext.UNKNOWN
                .with("s3:signatureAge", Long.toString(ageMaxMs + 1))
                .with("s3:authType", "REST-QUERY-STRING")
                .with("s3:signatureversion", "AWS4-HMAC-SHA256");
        var because = new ArrayList<String>();
        Truth all = Truth.TRUE;
        for (String action : ACTIONS) {
            Refusal refusal = Refusal.of(policy, bucket, action, old);
            all = all.and(refusal.refused());
            refusal.because().stream().filter(line -> !because.contains(line)).forEach(because::add);
        }
        return new Refusal(all, because);
    }
}
