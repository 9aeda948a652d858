package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.ChecksumAlgorithm;
import io.tidelock.sandbox.model.Checksums;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The digests that came with a body, and whether they are right (UG: Checking object integrity; API: PutObject, Content-MD5). */
final class Integrity {
    private static final int MD5_BYTES = 16;

    private final Optional<String> expectedMd5;
    private final Optional<Checksum> expected;
    private final boolean inTrailer;
    private final Optional<ChecksumAlgorithm> algorithm;
    private final Checksums.Running md5 = Checksums.md5();
    private final Optional<Checksums.Running> running;

    private Integrity(
            Optional<String> expectedMd5,
            Optional<Checksum> expected,
            boolean inTrailer,
            Optional<ChecksumAlgorithm> algorithm) {
        this.expectedMd5 = expectedMd5;
        this.expected = expected;
        this.inTrailer = inTrailer;
        this.algorithm = algorithm;
        this.running = algorithm.map(Checksums::start);
    }

    /** What a request's headers announce; {@code wanted} is computed where they announce no checksum. */
    static Integrity of(Exchange exchange, Optional<ChecksumAlgorithm> wanted) {
        var expected = ChecksumHeaders.announced(exchange);
        var trailer = ChecksumHeaders.inTrailer(exchange);
        var algorithm = expected.map(Checksum::algorithm).or(() -> trailer).or(() -> wanted);
        if (wanted.isPresent() && !wanted.equals(algorithm)) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Checksum Type mismatch occurred, expected checksum Type: " + lower(wanted.get())
                            + ", actual checksum Type: " + lower(algorithm.orElseThrow()));
        }
        return new Integrity(
                exchange.header("content-md5").map(Integrity::md5), expected, trailer.isPresent(), algorithm);
    }

    /** What a request announces of its body where its checksum headers speak of something else. */
    static Integrity md5Of(Exchange exchange) {
        return new Integrity(
                exchange.header("content-md5").map(Integrity::md5), Optional.empty(), false, Optional.empty());
    }

    private static String lower(ChecksumAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static String md5(String base64) {
        try {
            var raw = Base64.getDecoder().decode(base64);
            if (raw.length == MD5_BYTES) {
                return HexFormat.of().formatHex(raw);
            }
        } catch (IllegalArgumentException _) {
            // refused below
        }
        throw new Refusal(ErrorCode.INVALID_DIGEST).with("Content-MD5", base64);
    }

    void update(ByteBuffer piece) {
        md5.update(piece);
        if (running.isPresent()) {
            running.get().update(piece);
        }
    }

    /** What was found once all bytes have come. */
    Checked finish(Map<String, String> trailers) {
        var found = md5.hex();
        if (expectedMd5.isPresent() && !expectedMd5.get().equals(found)) {
            throw new Refusal(ErrorCode.BAD_DIGEST, "The Content-MD5 you specified did not match what we received.");
        }
        var computed =
                algorithm.map(known -> new Checksum(known, running.orElseThrow().base64(), false));
        var announced = inTrailer ? algorithm.flatMap(known -> trailer(known, trailers)) : expected;
        if (announced.isPresent() && !announced.equals(computed)) {
            throw new Refusal(
                    ErrorCode.BAD_DIGEST,
                    "The " + announced.get().algorithm().name()
                            + " you specified did not match the calculated checksum.");
        }
        return new Checked(found, computed);
    }

    private static Optional<Checksum> trailer(ChecksumAlgorithm algorithm, Map<String, String> trailers) {
        var value = trailers.get(algorithm.header());
        if (value == null) {
            throw new Refusal(ErrorCode.MALFORMED_TRAILER);
        }
        return Optional.of(new Checksum(algorithm, value, false));
    }

    /**
     * The digests of a body.
     *
     * @param md5 in hexadecimal
     * @param checksum the announced or wanted one
     */
    record Checked(String md5, Optional<Checksum> checksum) {}
}
