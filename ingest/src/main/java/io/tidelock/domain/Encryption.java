package io.tidelock.domain;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a version is encrypted at rest, as its response headers say. */
public sealed interface Encryption {
    /** No encryption header: a store that does not encrypt, or does not say. */
    record None() implements Encryption {}

    /** SSE-S3, {@code AES256}. */
    record SseS3() implements Encryption {}

    /**
     * SSE-KMS or DSSE-KMS.
     *
     * @param keyArn the key's full ARN as reported, or null where only the bucket's default key is meant
     * @param dualLayer whether it is DSSE ({@code aws:kms:dsse})
     * @param bucketKey whether an S3 Bucket Key is used
     * @param context the pairs that a writer adds to the encryption context, in order of their names; no answer tells them, so that what is read
     *     has none
     */
    record SseKms(@Nullable String keyArn, boolean dualLayer, boolean bucketKey, SortedMap<String, String> context)
            implements Encryption {
        public SseKms {
            context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
        }

        /** Without pairs of the writer's. */
        public SseKms(@Nullable String keyArn, boolean dualLayer, boolean bucketKey) {
            this(keyArn, dualLayer, bucketKey, Collections.emptySortedMap());
        }
    }

    /**
     * SSE-C: the key is the caller's, never the store's.
     *
     * @param keyMd5 the MD5 of the key in base64, by which the store names it, or null where nobody here has the key
     */
    record SseC(@Nullable String keyMd5) implements Encryption {}
}
