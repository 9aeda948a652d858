package io.tidelock.replicator.store.s3;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How Tidelock shows a store who it is. No {@code toString} tells a secret. */
public sealed interface S3Credentials {
    /** The SDK's chain: environment, web identity, profile, container, instance. */
    record DefaultChain() implements S3Credentials {}

    /** {@code AWS_ACCESS_KEY_ID} and its kin. */
    record Environment() implements S3Credentials {}

    /** A profile of the AWS configuration files. */
    record Profile(String name) implements S3Credentials {}

    /** A key pair. */
    record Static(String accessKeyId, String secretAccessKey) implements S3Credentials {
        public Static {
            if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
                throw new IllegalArgumentException("credentials need accessKeyId and secretAccessKey, one was empty");
            }
        }

        @Override
        public String toString() {
            return "Static[accessKeyId=" + accessKeyId + ", secretAccessKey=***]";
        }
    }

    /**
     * A role, assumed again before its session ends.
     *
     * @param externalId what the role's trust policy asks for, or null
     * @param stsEndpoint where STS is, or null for the region's own
     * @param source who assumes the role
     */
    record AssumeRole(
            String roleArn,
            @Nullable String externalId,
            @Nullable URI stsEndpoint,
            S3Credentials source) implements S3Credentials {
        @Override
        public String toString() {
            return "AssumeRole[roleArn=" + roleArn + ", source=" + source + "]";
        }
    }
}
