package io.tidelock.sandbox.auth;

import static io.tidelock.sandbox.auth.KnownKeys.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.SdkHttpMethod;

class AwsChunkedPayloadTest {
    private final SigV4Verifier verifier = new SigV4Verifier("s3", new KnownKeys());

    /** What came out of a decoder. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Decoded(byte[] body, Map<String, String> trailers) {}

    private static SdkSigned signed(byte[] body, boolean payloadSigned, @Nullable ChecksumAlgorithm checksum) {
        return SdkSigned.by(KnownKeys.ID, KnownKeys.SECRET)
                .method(SdkHttpMethod.PUT)
                .body(body)
                .payloadSigned(payloadSigned)
                .chunked(checksum)
                .sign();
    }

    private PayloadDecoder decoder(SdkSigned signed) {
        return Payloads.of(signed.head(), verifier.verify(signed.head()).orElseThrow());
    }

    private static Decoded decode(PayloadDecoder decoder, byte[] wire, IntUnaryOperator pieceAt) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < wire.length; ) {
            int length = Math.min(pieceAt.applyAsInt(at), wire.length - at);
            decoder.decode(ByteBuffer.wrap(wire.clone(), at, length), data -> {
                var bytes = new byte[data.remaining()];
                data.get(bytes);
                out.writeBytes(bytes);
            });
            at += length;
        }
        return new Decoded(out.toByteArray(), decoder.finish());
    }

    private static Decoded decodeWhole(PayloadDecoder decoder, byte[] wire) {
        return decode(decoder, wire, _ -> wire.length);
    }

    private static byte[] body(int bytes) {
        var body = new byte[bytes];
        new Random(bytes).nextBytes(body);
        return body;
    }

    @Test
    void the_documented_example_of_chunks_decodes() {
        // Given
        var key = new Credential("AKIAIOSFODNN7EXAMPLE", DocumentedChunks.SECRET, Caller.ANONYMOUS, null);
        var head = DocumentedChunks.putInChunks();
        var verified =
                new SigV4Verifier("s3", _ -> Optional.of(key)).verify(head).orElseThrow();
        // When
        var decoded = decodeWhole(Payloads.of(head, verified), DocumentedChunks.chunks());
        // Then
        assertThat(decoded.body()).hasSize(DocumentedChunks.BODY_BYTES).containsOnly((byte) 'a');
        assertThat(decoded.trailers()).isEmpty();
    }

    @Test
    void the_documented_example_of_a_signed_trailer_decodes() {
        // Given
        var decoder = new AwsChunkedPayload(
                DocumentedChunks.BODY_BYTES, DocumentedChunks.trailerChain(), new Trailer("x-amz-checksum-crc32c"));
        // When
        var decoded = decodeWhole(decoder, DocumentedChunks.chunksWithTrailer());
        // Then
        assertThat(decoded.trailers()).containsExactly(Map.entry("x-amz-checksum-crc32c", "sOO8/Q=="));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 131_071, 131_072, 131_073, 1_000_000})
    void bodies_of_every_mode_of_the_sdk_decode(int bytes) {
        var body = body(bytes);
        for (boolean payloadSigned : new boolean[] {true, false}) {
            for (var checksum : new ChecksumAlgorithm[] {
                null, DefaultChecksumAlgorithm.CRC32, DefaultChecksumAlgorithm.SHA256, DefaultChecksumAlgorithm.CRC32C
            }) {
                if (!payloadSigned && checksum == null) {
                    continue; // that is no aws-chunked body
                }
                // Given
                var signed = signed(body, payloadSigned, checksum);
                var decoder = decoder(signed);
                // When
                var decoded = decodeWhole(decoder, signed.body());
                // Then
                assertThat(decoder).isInstanceOf(AwsChunkedPayload.class);
                assertThat(decoder.declaredBytes()).hasValue(bytes);
                assertThat(decoded.body()).isEqualTo(body);
                assertThat(decoded.trailers().keySet())
                        .isEqualTo(checksum == null ? Set.of() : Set.of(signed.header("x-amz-trailer")));
            }
        }
    }

    @Test
    void a_body_may_be_split_at_every_byte() {
        // Given
        var body = body(300);
        var signed = signed(body, true, DefaultChecksumAlgorithm.CRC32);
        var whole = decodeWhole(decoder(signed), signed.body());
        for (int boundary = 1; boundary < signed.body().length; boundary++) {
            int first = boundary;
            // When
            var decoded = decode(decoder(signed), signed.body(), at -> at == 0 ? first : Integer.MAX_VALUE);
            // Then
            assertThat(decoded.body()).as("split at %d", boundary).isEqualTo(body);
            assertThat(decoded.trailers()).isEqualTo(whole.trailers());
        }
        assertThat(decode(decoder(signed), signed.body(), _ -> 1).body()).isEqualTo(body);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    void a_body_may_be_split_anyhow(long seed) {
        var random = new Random(seed);
        var body = body(random.nextInt(200_000, 600_000));
        for (boolean payloadSigned : new boolean[] {true, false}) {
            var signed = signed(body, payloadSigned, DefaultChecksumAlgorithm.CRC32C);
            var decoded = decode(decoder(signed), signed.body(), _ -> random.nextInt(1, 70_000));
            assertThat(decoded.body()).as("seed %d", seed).isEqualTo(body);
        }
    }

    @Test
    void a_body_that_ends_early_is_incomplete_wherever_it_ends() {
        var signed = signed(body(300), true, DefaultChecksumAlgorithm.CRC32);
        for (int length = 0; length < signed.body().length; length++) {
            var wire = Arrays.copyOf(signed.body(), length);
            refusal(ErrorCode.INCOMPLETE_BODY, () -> decodeWhole(decoder(signed), wire));
        }
    }

    @Test
    void a_signed_body_with_any_changed_byte_is_refused() {
        var signed = signed(body(300), true, DefaultChecksumAlgorithm.CRC32);
        for (int at = 0; at < signed.body().length; at++) {
            var wire = signed.body().clone();
            wire[at] ^= 1;
            assertThatThrownBy(() -> decodeWhole(decoder(signed), wire))
                    .as("changed at %d", at)
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void chunks_of_another_body_do_not_match() {
        var signed = signed(body(300), true, null);
        var other = signed(body(301), true, null);
        var wire = new String(signed.body(), StandardCharsets.ISO_8859_1);
        var foreign = new String(other.body(), StandardCharsets.ISO_8859_1);
        var mixed = wire.substring(0, wire.indexOf("\r\n0;")) + foreign.substring(foreign.indexOf("\r\n0;"));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> decodeWhole(decoder(signed), mixed.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void the_decoded_length_must_be_exact() {
        refusal(ErrorCode.INCOMPLETE_BODY, () -> unsigned(4, "3\r\nabc\r\n0\r\n\r\n"));
        refusal(ErrorCode.INCOMPLETE_BODY, () -> unsigned(2, "3\r\nabc\r\n0\r\n\r\n"));
        assertThat(unsigned(3, "3\r\nabc\r\n0\r\n\r\n").body()).hasSize(3);
    }

    @Test
    void only_the_last_chunk_may_be_small() {
        refusal(ErrorCode.INVALID_CHUNK_SIZE, () -> unsigned(6, "3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n"));
        var large = "2000\r\n" + "x".repeat(8_192) + "\r\n";
        assertThat(unsigned(16_387, large + large + "3\r\nabc\r\n0\r\n\r\n").body())
                .hasSize(16_387);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "x\r\nabc\r\n0\r\n\r\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "3;chunk-signature=00\r\nabc\r\n0\r\n\r\n",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\r\nabc\r\n0\r\n\r\nmore",
                "0000000000000003\r\nabc\r\n0\r\n\r\n",
            })
    void broken_framing_is_refused(String wire) {
        refusal(ErrorCode.INVALID_REQUEST, () -> unsigned(3, wire));
    }

    @Test
    void a_line_without_end_is_bounded() {
        refusal(ErrorCode.INVALID_REQUEST, () -> unsigned(3, "0".repeat(AwsChunkedPayload.LINE_BYTES_MAX + 1)));
    }

    @Test
    void the_trailer_must_be_what_was_announced() {
        var end = "3\r\nabc\r\n0\r\n";
        assertThat(trailed("a,b", end + "a:1\r\nB: 2 \r\n\r\n").trailers()).isEqualTo(Map.of("a", "1", "b", "2"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> trailed("a", end + "\r\n"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> trailed("a", end + "a:1\r\nb:2\r\n\r\n"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> trailed("a", end + "a:1\r\na:1\r\n\r\n"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> trailed("a", end + "a\r\n\r\n"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> trailed("a", end + "a:1\r\nx-amz-trailer-signature:0\r\n\r\n"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> unsigned(3, end + "a:1\r\n\r\n"));
        refusal(ErrorCode.MALFORMED_TRAILER, () -> {
            var many = new StringBuilder(end);
            var names = new StringBuilder("n");
            for (int i = 0; i < AwsChunkedPayload.TRAILER_LINES_MAX; i++) {
                many.append('n').append(i).append(":1\r\n");
                names.append(",n").append(i);
            }
            trailed(names.toString(), many.toString());
        });
    }

    @Test
    void a_chunked_body_needs_its_decoded_length() {
        var signed = signed(body(3), true, null);
        var bare = signed.withHeader("x-amz-decoded-content-length", null);
        var verified = verifier.verify(signed.head()).orElseThrow();
        refusal(ErrorCode.MISSING_CONTENT_LENGTH, () -> Payloads.of(bare.head(), verified));
        refusal(
                ErrorCode.INVALID_ARGUMENT,
                () -> Payloads.of(
                        signed.withHeader("x-amz-decoded-content-length", "-1").head(), verified));
    }

    @Test
    void a_plain_body_must_have_the_hash_that_was_signed() {
        // Given
        var signed = SdkSigned.by(KnownKeys.ID, KnownKeys.SECRET)
                .method(SdkHttpMethod.PUT)
                .body(body(1_000))
                .sign();
        // When
        var decoded = decodeWhole(decoder(signed), signed.body());
        // Then
        assertThat(decoded.body()).isEqualTo(body(1_000));
        refusal(ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH, () -> decodeWhole(decoder(signed), body(999)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void garbage_is_refused_and_never_breaks(long seed) {
        var random = new Random(seed);
        var alphabet = "0123aF;:\r\n\r\n\r\nx-amz-chunk-signature=".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 2_000; i++) {
            var wire = new byte[random.nextInt(200)];
            for (int at = 0; at < wire.length; at++) {
                wire[at] =
                        random.nextInt(10) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
            }
            var chain = random.nextBoolean() ? DocumentedChunks.trailerChain() : null;
            var decoder = new AwsChunkedPayload(1_000, chain, random.nextBoolean() ? new Trailer("x") : null);
            assertThatThrownBy(() -> decode(decoder, wire, _ -> random.nextInt(1, 50)))
                    .as("seed %d, case %d", seed, i)
                    .isInstanceOf(Refusal.class);
        }
    }

    private static Decoded unsigned(int decodedBytes, String wire) {
        return decodeWhole(new AwsChunkedPayload(decodedBytes, null, null), wire.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Decoded trailed(String announced, String wire) {
        return decodeWhole(
                new AwsChunkedPayload(3, null, new Trailer(announced)), wire.getBytes(StandardCharsets.ISO_8859_1));
    }
}
