package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a bucket policy demands of the encryption of an upload (rules E3 to E7).
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html">server-side encryption</a>
 */
public final class RequiredEncryption {
    static final String HEADER = "s3:x-amz-server-side-encryption";
    static final String KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    static final String CUSTOMER_ALGORITHM = "s3:x-amz-server-side-encryption-customer-algorithm";

    private static final String PUT = "s3:PutObject";
    private static final RequestContext BARE =
            RequestContext.UNKNOWN.without(HEADER).without(KEY_ID).without(CUSTOMER_ALGORITHM);
    private static final RequestContext OTHER = RequestContext.UNKNOWN.without(CUSTOMER_ALGORITHM);

    private RequiredEncryption() {}

    /** Rule E3: an upload that says nothing of encryption is refused. */
    public static Refusal refusesBare(Policy policy, BucketResource bucket) {
        return Refusal.of(policy, bucket, PUT, BARE);
    }

    /** Rule E4: an upload that asks for another kind than SSE-S3 is refused. */
    public static Refusal refusesOtherThanSseS3(Policy policy, BucketResource bucket) {
        return both(
                Refusal.of(policy, bucket, PUT, OTHER.with(HEADER, "aws:kms")),
                Refusal.of(policy, bucket, PUT, OTHER.with(HEADER, "aws:kms:dsse")));
    }

    /** Rule E4: an upload that asks for another kind than SSE-KMS is refused. */
    public static Refusal refusesOtherThanSseKms(Policy policy, BucketResource bucket) {
        return Refusal.of(policy, bucket, PUT, OTHER.with(HEADER, "AES256").without(KEY_ID));
    }

    /** An upload without a customer's key is refused. */
    public static Refusal refusesOtherThanSseC(Policy policy, BucketResource bucket) {
        return Refusal.of(policy, bucket, PUT, RequestContext.UNKNOWN.without(CUSTOMER_ALGORITHM));
    }

    /** Rule E6: an upload with a customer's key is refused. */
    public static Refusal refusesSseC(Policy policy, BucketResource bucket) {
        return Refusal.of(
                policy,
                bucket,
                PUT,
                RequestContext.UNKNOWN
                        .with(CUSTOMER_ALGORITHM, "AES256")
                        .without(HEADER)
                        .without(KEY_ID));
    }

    /** Rule E5: an upload under a KMS key that the policy does not name is refused. */
    public static Refusal refusesOtherKeys(Policy policy, BucketResource bucket) {
        return Refusal.of(
                policy, bucket, PUT, OTHER.with(HEADER, "aws:kms").with(KEY_ID, "arn:aws:kms:-:-:key/not-named"));
    }

    /** Rule E7: Allows that hold when the header is missing or wrong, the inverted mistake. */
    public static List<String> inverted(Policy policy) {
        return policy.allows()
                .filter(statement -> statement.actions().hasAction(PUT))
                .flatMap(RequiredEncryption::invertedConditions)
                .toList();
    }

    private static Stream<String> invertedConditions(Statement statement) {
        return statement.conditions().stream()
                .filter(condition -> condition.isOn(HEADER) || condition.isOn(KEY_ID))
                .filter(condition -> condition.operator().negated() || asksForNone(condition))
                .map(condition -> statement.label() + ": Allow when " + condition);
    }

    private static boolean asksForNone(Condition condition) {
        return condition.operator().comparison() == ConditionOperator.Comparison.NULL
                && condition.values().stream().anyMatch("true"::equalsIgnoreCase);
    }

    private static Refusal both(Refusal one, Refusal other) {
        var because = new ArrayList<>(one.because());
        other.because().stream().filter(line -> !because.contains(line)).forEach(because::add);
        return new Refusal(one.refused().and(other.refused()), because);
    }
}
