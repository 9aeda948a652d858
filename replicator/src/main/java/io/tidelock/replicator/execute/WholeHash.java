package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.checksum.CrcAlgorithm;
import io.tidelock.replicator.checksum.RunningHash;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What all bytes of a version hash to, as its source tells.
 *
 * @param algorithm S3's name of it, or {@code MD5} for an ETag
 * @param expected in the spelling of the source: hexadecimal for an ETag, base64 for a checksum
 */
record WholeHash(String algorithm, String expected) {
    private static final String OF_AN_ETAG = "MD5";

    /** By the checksum of the whole, or else by an ETag that is an MD5; empty where a source tells neither. */
    static Optional<WholeHash> of(ObjectHead head) {
        var checksum = head.checksum();
        if (checksum != null
                && !checksum.composite()
                && RunningHash.named(checksum.algorithm()).isPresent()) {
            return Optional.of(new WholeHash(checksum.algorithm(), checksum.base64()));
        }
        return CheckedBody.isMd5(head.eTag(), head.encryption())
                ? Optional.of(new WholeHash(OF_AN_ETAG, head.eTag()))
                : Optional.empty();
    }

    /** The hash of nothing yet. */
    RunningHash start() {
        return algorithm.equals(OF_AN_ETAG)
                ? RunningHash.md5()
                : RunningHash.named(algorithm).orElseThrow();
    }

    /** Where the hash is one that those of pieces tell. */
    Optional<CrcAlgorithm> ofPieces() {
        return CrcAlgorithm.named(algorithm);
    }

    /** Refuses what was read and is something else. */
    void require(byte[] actual) {
        difference(actual).ifPresent(detail -> {
            throw new SidedException(
                    Side.SOURCE, new StoreException(StoreFailure.CHECKSUM_MISMATCH, "GetObject", detail, null));
        });
    }

    /** How what was read differs from what the source tells, in a few words, or empty. */
    Optional<String> difference(byte[] actual) {
        var read = algorithm.equals(OF_AN_ETAG)
                ? HexFormat.of().formatHex(actual)
                : Base64.getEncoder().encodeToString(actual);
        return read.equals(expected)
                ? Optional.empty()
                : Optional.of("the body's " + algorithm + " is " + read + ", the source's " + expected);
    }
}
