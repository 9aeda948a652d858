package io.tidelock.scenarios.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a replica must look like, given its source.
 *
 * @param owner the canonical id that must own every replica
 * @param replicaKmsKey the key's ARN that replicas of SSE-KMS sources are encrypted with
 * @param destinationDefault the destination bucket's default encryption, for sources without any
 * @param storageClass the storage class that the rule names, empty to keep the source's
 * @param markers whether delete markers are propagated
 * @param metadataAside names of user metadata that replicas have over their source's, lower case
 * @param history how strictly the order of versions is judged
 */
public record ReplicaPolicy(
        String owner,
        String replicaKmsKey,
        String destinationDefault,
        Optional<String> storageClass,
        boolean markers,
        Set<String> metadataAside,
        History history) {
    public ReplicaPolicy {
        metadataAside = Set.copyOf(metadataAside);
    }

    /** How strictly the order of versions is judged. */
    public enum History {
        /** The same versions in the same order, each once. */
        EXACT,
        /** Every data version at least once and the last entry on top: what remains true when events come late or twice. */
        EVENTUAL
    }

    String encryptionOf(ReadVersion source) {
        if (source.encryption().startsWith(ReadVersion.KMS)) {
            return ReadVersion.KMS + " " + replicaKmsKey;
        }
        return source.encryption().equals(ReadVersion.UNENCRYPTED) ? destinationDefault : source.encryption();
    }

    String storageClassOf(ReadVersion source) {
        return storageClass.orElse(source.storageClass());
    }

    Map<String, String> metadataOf(ReadVersion replica) {
        var metadata = new HashMap<>(replica.metadata());
        metadata.keySet().removeAll(metadataAside);
        return metadata;
    }
}
