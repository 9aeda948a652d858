package io.tidelock.domain;

/**
 * A checksum that a store keeps with a version.
 *
 * @param algorithm the S3 name: CRC32, CRC32C, CRC64NVME, SHA1 or SHA256
 * @param base64 the value as S3 spells it; a composite one ends in {@code -parts}
 * @param composite whether it is a checksum of part checksums rather than of the whole object
 */
public record Checksum(String algorithm, String base64, boolean composite) {}
