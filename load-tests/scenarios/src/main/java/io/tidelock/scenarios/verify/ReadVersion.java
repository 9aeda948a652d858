package io.tidelock.scenarios.verify;

import java.util.Map;

/**
 * One version or delete marker, as a store gave it out.
 *
 * @param key the object key
 * @param versionId the store's own id of the version
 * @param marker whether it is a delete marker, which has nothing but an owner
 * @param sizeBytes how many bytes were read
 * @param sha256 the digest of the bytes that were read, lower-case hex, empty for a marker
 * @param headers content headers by lower-case name
 * @param metadata user metadata by lower-case name
 * @param tags object tags
 * @param encryption {@code none}, {@code AES256} or {@code aws:kms} with the key's ARN after a space
 * @param storageClass the storage class, {@code STANDARD} where the store says nothing
 * @param owner the owner's canonical id
 */
public record ReadVersion(
        String key,
        String versionId,
        boolean marker,
        long sizeBytes,
        String sha256,
        Map<String, String> headers,
        Map<String, String> metadata,
        Map<String, String> tags,
        String encryption,
        String storageClass,
        String owner) {
    static final String KMS = "aws:kms";
    static final String UNENCRYPTED = "none";

    public ReadVersion {
        headers = Map.copyOf(headers);
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }

    static ReadVersion marker(String key, String versionId, String owner) {
        return new ReadVersion(
                key, versionId, true, 0, "", Map.of(), Map.of(), Map.of(), UNENCRYPTED, "STANDARD", owner);
    }
}
