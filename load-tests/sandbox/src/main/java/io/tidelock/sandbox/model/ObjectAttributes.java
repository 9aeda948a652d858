package io.tidelock.sandbox.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a writer says about an object beside its bytes.
 *
 * @param systemHeaders headers given back as they came, names in lower case: content-type, cache-control and so on
 * @param userMetadata names in lower case without {@code x-amz-meta-}
 * @param tags the tags, in their order
 * @param storageClass S3's name of the storage class
 * @param encryption how it is encrypted
 * @param lock what keeps it from being removed
 */
public record ObjectAttributes(
        Map<String, String> systemHeaders,
        Map<String, String> userMetadata,
        Map<String, String> tags,
        String storageClass,
        Encryption encryption,
        VersionLock lock) {
    public ObjectAttributes {
        systemHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(systemHeaders));
        userMetadata = Collections.unmodifiableMap(new LinkedHashMap<>(userMetadata));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    public ObjectAttributes withTags(Map<String, String> next) {
        return new ObjectAttributes(systemHeaders, userMetadata, next, storageClass, encryption, lock);
    }

    ObjectAttributes withLock(VersionLock next) {
        return new ObjectAttributes(systemHeaders, userMetadata, tags, storageClass, encryption, next);
    }
}
