package io.tidelock.sandbox.model;

/**
 * A checksum that is kept with a version or a part.
 *
 * @param algorithm what it is
 * @param value base64; a composite one ends in {@code -} and the number of parts
 * @param composite whether it is a checksum of the parts' checksums
 */
public record Checksum(ChecksumAlgorithm algorithm, String value, boolean composite) {
    /** S3's name of the kind. */
    public String type() {
        return composite ? "COMPOSITE" : "FULL_OBJECT";
    }
}
