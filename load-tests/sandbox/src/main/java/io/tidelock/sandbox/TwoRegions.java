package io.tidelock.sandbox;

import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Role;
import java.util.Set;

/**
 * The world of the quickstart and of most tests: photos in Paris, their replica in Frankfurt under another account.
 *
 * <p>The source account may assume a role of the destination account, which writes the replicas and so owns them; the destination bucket
 * leaves each version to its writer, so that the owner shows who wrote.
 */
public final class TwoRegions {
    public static final String PARIS = "paris";
    public static final String PARIS_REGION = "eu-west-3";
    public static final String FRANKFURT = "frankfurt";
    public static final String FRANKFURT_REGION = "eu-central-1";

    public static final String SOURCE_ACCOUNT = "111122223333";
    public static final String DESTINATION_ACCOUNT = "444455556666";

    public static final String SOURCE_BUCKET = "photos";
    public static final String DESTINATION_BUCKET = "photos-replica";
    public static final String EVENTS_TOPIC = "bucket-events";

    public static final String EXTERNAL_ID = "tidelock-quickstart";
    private static final Role WRITER_ROLE =
            new Role(DESTINATION_ACCOUNT, "tidelock-writer", Set.of(SOURCE_ACCOUNT), EXTERNAL_ID).limitedTo("""
                            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
                            """);
    public static final String WRITER_ROLE_ARN = WRITER_ROLE.arn();

    private static final KmsKey SOURCE_KEY =
            KmsKey.enabled(PARIS_REGION, SOURCE_ACCOUNT, "11111111-aaaa-4aaa-8aaa-111111111111");
    private static final KmsKey DESTINATION_KEY =
            KmsKey.enabled(FRANKFURT_REGION, DESTINATION_ACCOUNT, "44444444-bbbb-4bbb-8bbb-444444444444");
    public static final String SOURCE_KEY_ARN = SOURCE_KEY.arn();
    public static final String DESTINATION_KEY_ARN = DESTINATION_KEY.arn();

    private TwoRegions() {}

    /** The world as described, open to additions. */
    public static SandboxBuilder builder() {
        return silent().notify(NotificationConfiguration.ofBucket(SOURCE_BUCKET, EVENTS_TOPIC), 1);
    }

    /** The same without notifications and their topic. */
    public static SandboxBuilder silent() {
        return Sandbox.builder()
                .region(PARIS, PARIS_REGION)
                .region(FRANKFURT, FRANKFURT_REGION)
                .account(SOURCE_ACCOUNT, "paris-account")
                .account(DESTINATION_ACCOUNT, "frankfurt-account")
                .role(WRITER_ROLE)
                .kmsKey(SOURCE_KEY)
                .kmsKey(DESTINATION_KEY)
                .bucket(SOURCE_BUCKET, PARIS, SOURCE_ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED)
                .bucket(DESTINATION_BUCKET, FRANKFURT, DESTINATION_ACCOUNT, Ownership.OBJECT_WRITER);
    }
}
