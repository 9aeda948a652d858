package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.ChecksumAlgorithm;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads and writes the headers about checksums (UG: Checking object integrity). */
final class ChecksumHeaders {
    private ChecksumHeaders() {}

    /** The checksum in the headers, of which there may be one. */
    static Optional<Checksum> announced(Exchange exchange) {
        Optional<Checksum> found = Optional.empty();
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = exchange.header(algorithm.header());
            if (value.isPresent()) {
                if (found.isPresent()) {
                    throw new Refusal(
                            ErrorCode.INVALID_REQUEST,
                            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                }
                found = Optional.of(checksum(algorithm, value.get()));
            }
        }
        return found;
    }

    private static Checksum checksum(ChecksumAlgorithm algorithm, String value) {
        try {
            if (Base64.getDecoder().decode(value).length == algorithm.bytes()) {
                return new Checksum(algorithm, value, false);
            }
        } catch (IllegalArgumentException _) {
            // refused below
        }
        throw new Refusal(ErrorCode.INVALID_REQUEST, "Value for " + algorithm.header() + " header is invalid.");
    }

    /** The checksum that will follow the body (API: x-amz-trailer). */
    static Optional<ChecksumAlgorithm> inTrailer(Exchange exchange) {
        return exchange.header("x-amz-trailer").map(name -> {
            for (var algorithm : ChecksumAlgorithm.values()) {
                if (algorithm.header().equals(name.strip().toLowerCase(Locale.ROOT))) {
                    return algorithm;
                }
            }
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST, "The value specified in the x-amz-trailer header is not supported");
        });
    }

    /** The algorithm that a header such as {@code x-amz-checksum-algorithm} names. */
    static Optional<ChecksumAlgorithm> named(Exchange exchange, String header) {
        return exchange.header(header)
                .map(name -> ChecksumAlgorithm.of(name)
                        .orElseThrow(() -> new Refusal(
                                ErrorCode.INVALID_REQUEST,
                                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32,"
                                        + " CRC32C, CRC64NVME, SHA1, SHA256]")));
    }

    /** Whether a read asks for checksums (API: GetObject, x-amz-checksum-mode). */
    static boolean wanted(Exchange exchange) {
        return exchange.header("x-amz-checksum-mode")
                .filter("ENABLED"::equalsIgnoreCase)
                .isPresent();
    }

    static void put(Exchange exchange, Optional<Checksum> checksum) {
        checksum.ifPresent(kept -> exchange.response()
                .putHeader(kept.algorithm().header(), kept.value())
                .putHeader("x-amz-checksum-type", kept.type()));
    }

    static void write(XmlWriter xml, Optional<Checksum> checksum) {
        checksum.ifPresent(
                kept -> xml.element(kept.algorithm().element(), kept.value()).element("ChecksumType", kept.type()));
    }
}
