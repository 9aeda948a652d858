package io.tidelock.replicator.rule;

import java.util.Map;

/**
 * One rule of a replication configuration.
 *
 * @param id unique within its configuration; at most 255 characters
 * @param version which of S3's two schemas it was written in
 * @param priority the greater wins among rules to one destination (rule 6); 0 in V1
 * @param enabled a disabled rule does nothing (rule 7)
 * @param deleteMarkers whether markers that a person made are propagated (rule 12)
 * @param sseKmsSelected whether SSE-KMS versions are replicated (rule 26)
 * @param replicaModifications whether changes made on a replica flow on (rule 35)
 */
public record ReplicationRule(
        String id,
        SchemaVersion version,
        int priority,
        boolean enabled,
        RuleFilter filter,
        RuleDestination destination,
        boolean deleteMarkers,
        boolean sseKmsSelected,
        boolean replicaModifications) {
    /** Longest id that S3 takes (rule 4). */
    public static final int ID_LENGTH_MAX = 255;

    public ReplicationRule {
        if (id.isEmpty() || id.length() > ID_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "ID must have 1 to " + ID_LENGTH_MAX + " characters, had " + id.length());
        }
        if (priority < 0) {
            throw new IllegalArgumentException("Priority of rule \"" + id + "\" must be at least 0, was " + priority);
        }
    }

    /** The same to another destination. */
    public ReplicationRule to(RuleDestination other) {
        return new ReplicationRule(
                id, version, priority, enabled, filter, other, deleteMarkers, sseKmsSelected, replicaModifications);
    }

    /** Whether the rule selects a version of that key with those tags. */
    public boolean selects(String key, Map<String, String> tags) {
        return filter.admits(key) && filter.acceptsTags(tags);
    }

    /** S3's two schemas of a rule (rule 1). */
    public enum SchemaVersion {
        /** No {@code Filter}; user-made delete markers are propagated. */
        V1,
        /** With {@code Filter}, {@code Priority} and {@code DeleteMarkerReplication}. */
        V2
    }
}
