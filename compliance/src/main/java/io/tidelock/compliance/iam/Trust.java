package io.tidelock.compliance.iam;

import org.jspecify.annotations.Nullable;

/** Who may assume a role. */
public sealed interface Trust {
    /** The role's ARN. */
    String role();

    /** The account that an ARN names. */
    static String accountOf(String arn) {
        return arn.split(":", 6)[4];
    }

    /**
     * A role or user that Tidelock runs as.
     *
     * @param assumer the ARN of the role or user that assumes the role
     * @param externalId what it has to say as well, or null for nothing
     */
    record OfPrincipal(
            String role, String assumer, @Nullable String externalId) implements Trust {}

    /**
     * The provider's own replication, for one source bucket only (against the confused deputy).
     *
     * @param account the account that owns the source bucket
     * @param bucketArn the source bucket
     */
    record OfProvider(String role, String account, String bucketArn) implements Trust {}
}
