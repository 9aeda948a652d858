package io.tidelock.replicator.execute;

/**
 * How bytes are moved.
 *
 * @param multipartThresholdBytes {@code replicator.multipartThresholdBytes}: versions of at least this size are copied in
 *     parts; 5 MiB to 5 GiB
 * @param partSizeBytes {@code replicator.partSizeBytes}: size of a part; 5 MiB to 5 GiB; larger objects get larger parts,
 *     so that none has more than 10,000
 * @param partsInFlightMax {@code replicator.partsInFlightMax}: parts of one version that move at the same time, from 1
 * @param bytesInFlightMax {@code replicator.bytesInFlightMax}: bytes of all bodies and parts that move at the same time,
 *     from 5 MiB; each destination has an equal share, and what does not fit into it waits
 */
public record TransferSettings(
        long multipartThresholdBytes, long partSizeBytes, int partsInFlightMax, long bytesInFlightMax) {
    /** Smallest part that S3 takes, but for the last. */
    public static final long PART_BYTES_MIN = 5L << 20;

    /** Largest part, and largest body of one PUT or copy. */
    public static final long PART_BYTES_MAX = 5L << 30;

    /** 16 MiB threshold, 16 MiB parts, 4 at once, 256 MiB in all. */
    public static final TransferSettings DEFAULT = new TransferSettings(16L << 20, 16L << 20, 4, 256L << 20);

    public TransferSettings {
        requirePart("replicator.multipartThresholdBytes", multipartThresholdBytes);
        requirePart("replicator.partSizeBytes", partSizeBytes);
        if (partsInFlightMax < 1) {
            throw new IllegalArgumentException(
                    "replicator.partsInFlightMax must be at least 1, was " + partsInFlightMax);
        }
        if (bytesInFlightMax < PART_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "replicator.bytesInFlightMax must be at least " + PART_BYTES_MIN + ", was " + bytesInFlightMax);
        }
    }

    /** Largest part of a source that is cut in the same way at the destination: so many of them still move at once. */
    long ownPartBytesMax() {
        return Math.max(partSizeBytes, bytesInFlightMax / partsInFlightMax);
    }

    private static void requirePart(String name, long value) {
        if (value < PART_BYTES_MIN || value > PART_BYTES_MAX) {
            throw new IllegalArgumentException(
                    name + " must be between " + PART_BYTES_MIN + " and " + PART_BYTES_MAX + ", was " + value);
        }
    }
}
