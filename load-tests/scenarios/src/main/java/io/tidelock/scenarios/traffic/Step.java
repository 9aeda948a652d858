package io.tidelock.scenarios.traffic;

import java.util.Map;
import java.util.Optional;

/** One change of the source bucket. */
public sealed interface Step {
    /** The key that the change reads from or, where it reads none, writes to: steps with the same one keep their order. */
    String orderedBy();

    /** Writes a version. */
    record Put(String key, Content content, Attributes attributes) implements Step {
        @Override
        public String orderedBy() {
            return key;
        }
    }

    /** Copies the current version of a key to a key that never was, with everything it has. */
    record Copy(String from, String key) implements Step {
        @Override
        public String orderedBy() {
            return from;
        }
    }

    /** Puts a delete marker on top. */
    record Delete(String key) implements Step {
        @Override
        public String orderedBy() {
            return key;
        }
    }

    /**
     * What a version has beside its bytes.
     *
     * @param headers content headers by lower-case name
     * @param metadata user metadata by lower-case name
     * @param tags object tags
     * @param encryption what the request asks for
     * @param storageClass the storage class, empty for the bucket's own
     */
    record Attributes(
            Map<String, String> headers,
            Map<String, String> metadata,
            Map<String, String> tags,
            EncryptionWish encryption,
            Optional<String> storageClass) {
        public Attributes {
            headers = Map.copyOf(headers);
            metadata = Map.copyOf(metadata);
            tags = Map.copyOf(tags);
        }
    }

    /** What a put asks for. */
    enum EncryptionWish {
        NOTHING,
        SSE_S3,
        SSE_KMS
    }
}
