package io.tidelock.compliance.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One bucket at one instant.
 *
 * @param name the bucket's name, or null where the snapshot does not say
 * @param region where it is, or null where the snapshot does not say
 * @param account the owner's twelve digits, or null where the snapshot does not say
 * @param documents what was collected; a document that is not in the map was not
 * @param objects the ACL of single objects by key, in the snapshot's order
 */
public record BucketSnapshot(
        @Nullable String name,
        @Nullable String region,
        @Nullable String account,
        Map<BucketDocument, Collected<JsonNode>> documents,
        SequencedMap<String, Collected<JsonNode>> objects) {
    public BucketSnapshot {
        documents = Map.copyOf(documents);
    }

    /** A document as far as it is known. */
    public Collected<JsonNode> document(BucketDocument which) {
        return documents.getOrDefault(which, new Collected.NotCollected<>());
    }
}
