package io.tidelock.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumsTest {
    @ParameterizedTest
    @CsvSource({"CRC32, cbf43926", "CRC32C, e3069283", "CRC64NVME, ae8b14860a799888"})
    void the_published_check_values_come_out(ChecksumAlgorithm algorithm, String hex) {
        // When
        var running = Checksums.start(algorithm);
        running.update(ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII)));
        // Then
        assertThat(running.hex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @EnumSource
    void bytes_count_the_same_in_pieces_of_any_size(ChecksumAlgorithm algorithm) {
        // Given
        var random = new Random(1);
        var bytes = new byte[10_000];
        random.nextBytes(bytes);
        var whole = Checksums.start(algorithm);
        whole.update(ByteBuffer.wrap(bytes));
        // When
        var pieces = Checksums.start(algorithm);
        for (var at = 0; at < bytes.length; ) {
            var length = Math.min(bytes.length - at, random.nextInt(50));
            pieces.update(ByteBuffer.wrap(bytes, at, length));
            at += length;
        }
        // Then
        assertThat(pieces.base64()).isEqualTo(whole.base64());
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void checksums_of_parts_combine_into_that_of_the_whole(ChecksumAlgorithm algorithm) {
        // Given
        var random = new Random(2);
        var combination = new CrcCombination(algorithm);
        for (var round = 0; round < 50; round++) {
            var bytes = new byte[1 + random.nextInt(5_000)];
            random.nextBytes(bytes);
            var cut = random.nextInt(bytes.length + 1);
            // When
            var combined = combination.combine(
                    of(algorithm, bytes, 0, cut), of(algorithm, bytes, cut, bytes.length - cut), bytes.length - cut);
            // Then
            assertThat(combined)
                    .as("cut at %d of %d", cut, bytes.length)
                    .isEqualTo(of(algorithm, bytes, 0, bytes.length));
        }
    }

    private static String of(ChecksumAlgorithm algorithm, byte[] bytes, int offset, int length) {
        var running = Checksums.start(algorithm);
        running.update(ByteBuffer.wrap(bytes, offset, length));
        return running.base64();
    }

    @Test
    void a_buffer_is_left_as_it_was() {
        // Given
        var bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        // When
        Checksums.md5().update(bytes);
        // Then
        assertThat(bytes.remaining()).isEqualTo(3);
    }
}
