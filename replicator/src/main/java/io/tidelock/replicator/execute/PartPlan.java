package io.tidelock.replicator.execute;

import io.tidelock.replicator.store.ByteRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Into which ranges a version is cut: as many as its size needs, never more than S3's 10,000.
 *
 * @param partBytes length of every part but the last
 */
record PartPlan(long sizeBytes, long partBytes) {
    static final int PARTS_MAX = 10_000;

    private static final long MEBIBYTE = 1 << 20;

    PartPlan {
        if (sizeBytes < 1 || partBytes < 1) {
            throw new IllegalArgumentException(
                    "parts need sizes of at least 1, had " + sizeBytes + " in parts of " + partBytes);
        }
    }

    /** Parts of the wished size, or of as many whole MiB more as the size demands. */
    static PartPlan of(long sizeBytes, long wishedPartBytes) {
        var needed = Math.ceilDiv(Math.ceilDiv(sizeBytes, PARTS_MAX), MEBIBYTE) * MEBIBYTE;
        return new PartPlan(sizeBytes, Math.max(wishedPartBytes, needed));
    }

    /**
     * The same cut, so that a checksum of part checksums comes out the same.
     *
     * @param sizes of the source's own parts, in order; may be empty
     * @param partBytesMax largest part that is wished
     * @return empty where parts but the last differ in size, or are not of a size that is wished and that S3 takes
     */
    static Optional<PartPlan> like(List<Long> sizes, long sizeBytes, long partBytesMax) {
        return sizes.isEmpty()
                ? Optional.empty()
                : like(sizes.getFirst(), sizes.size(), sizeBytes, partBytesMax)
                        .filter(plan -> plan.sizes().equals(sizes));
    }

    /**
     * The cut that a source has if all its parts but the last are as long as the first.
     *
     * @param firstBytes length of the first
     * @param parts how many there are
     * @param partBytesMax largest part that is wished
     * @return empty where the parts cannot all be so, are not of a size that is wished and that S3 takes, or hold nothing
     */
    static Optional<PartPlan> like(long firstBytes, int parts, long sizeBytes, long partBytesMax) {
        if (sizeBytes < 1
                || parts > PARTS_MAX
                || firstBytes > partBytesMax
                || firstBytes < Math.min(sizeBytes, TransferSettings.PART_BYTES_MIN)) {
            return Optional.empty();
        }
        return Optional.of(new PartPlan(sizeBytes, firstBytes)).filter(plan -> plan.parts() == parts);
    }

    int parts() {
        return (int) Math.ceilDiv(sizeBytes, partBytes);
    }

    /** The lengths of all parts, in order. */
    List<Long> sizes() {
        return IntStream.rangeClosed(1, parts())
                .mapToObj(number -> range(number).lengthBytes())
                .toList();
    }

    /** @param number from 1, as S3 counts */
    ByteRange range(int number) {
        var offset = (number - 1) * partBytes;
        return new ByteRange(offset, Math.min(partBytes, sizeBytes - offset));
    }
}
