package io.tidelock.compliance.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import org.jspecify.annotations.Nullable;

/**
 * The account that owns the bucket.
 *
 * @param id twelve digits, or null where the snapshot does not say
 * @param publicAccessBlock the account's own, PublicAccessBlockConfiguration
 * @param organizationAccessBlock what the organisation sets above it, in the same form
 */
public record AccountSnapshot(
        @Nullable String id, Collected<JsonNode> publicAccessBlock, Collected<JsonNode> organizationAccessBlock) {
    /** Nothing is known of the account. */
    public static final AccountSnapshot UNKNOWN =
            new AccountSnapshot(null, new Collected.NotCollected<>(), new Collected.NotCollected<>());
}
