package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Makes the ids and sequencers of one bucket from a seed; not safe for threads, the bucket guards it. */
final class Identifiers {
    private static final int UPLOAD_ID_LENGTH = 96;

    private final SplittableRandom random;
    private long lastSequence;

    Identifiers(long seed, String region, String bucket) {
        this.random = new SplittableRandom(seed * 31 * 31 + region.hashCode() * 31L + bucket.hashCode());
    }

    /** Opaque, and not to be ordered by (UG: Using versioning in S3 buckets, version IDs). */
    String versionId() {
        return text(VersionIds.LENGTH);
    }

    String uploadId() {
        return text(UPLOAD_ID_LENGTH);
    }

    /** 32 hexadecimal digits that are no digest of anything. */
    String opaqueETag() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** 18 upper-case hexadecimal digits that grow with each change: seconds, then a fraction that never repeats (UG: Event message structure). */
    String sequencer(Instant at) {
        var sequence = (at.getEpochSecond() << 32) | ((at.getNano() * 4L) & 0xFFFFFFFFL);
        lastSequence = Math.max(lastSequence + 1, sequence);
        return String.format("00%016X", lastSequence);
    }

    private String text(int length) {
        var text = new char[length];
        for (var i = 0; i < length; i++) {
            text[i] = VersionIds.ALPHABET.charAt(random.nextInt(VersionIds.ALPHABET.length()));
        }
        return new String(text);
    }
}
