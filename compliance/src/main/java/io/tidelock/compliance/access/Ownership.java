package io.tidelock.compliance.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Truth;

/**
 * Who owns new objects, and whether ACLs mean anything.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html">Object Ownership</a>
 */
public enum Ownership {
    /** ACLs are void (rule A5). */
    BUCKET_OWNER_ENFORCED,
    BUCKET_OWNER_PREFERRED,
    /** Also where nothing is configured. */
    OBJECT_WRITER;

    /** Reads OwnershipControls. */
    public static Collected<Ownership> read(JsonNode node) {
        JsonNode rules = node.path("Rules");
        JsonNode value = rules.isArray() && rules.size() == 1
                ? rules.get(0).path("ObjectOwnership")
                : node.path("ObjectOwnership");
        return switch (value.asText("")) {
            case "BucketOwnerEnforced" -> new Collected.Known<>(BUCKET_OWNER_ENFORCED);
            case "BucketOwnerPreferred" -> new Collected.Known<>(BUCKET_OWNER_PREFERRED);
            case "ObjectWriter" -> new Collected.Known<>(OBJECT_WRITER);
            default -> new Collected.Unavailable<>("ownershipControls has no ObjectOwnership that is known");
        };
    }

    /** Whether ACLs are void. */
    public static Truth enforced(Collected<Ownership> ownership) {
        return switch (ownership) {
            case Collected.Known<Ownership>(var known) -> Truth.of(known == BUCKET_OWNER_ENFORCED);
            case Collected.NotConfigured<Ownership> _ -> Truth.FALSE;
            case Collected.NotCollected<Ownership> _, Collected.Unavailable<Ownership> _ -> Truth.UNKNOWN;
        };
    }
}
