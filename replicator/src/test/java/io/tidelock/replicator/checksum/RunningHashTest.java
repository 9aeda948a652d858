package io.tidelock.replicator.checksum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.store.Digests;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunningHashTest {
    /** The check values that the catalogue of parametrised CRC algorithms gives. */
    @ParameterizedTest
    @CsvSource({"CRC32, cbf43926", "CRC32C, e3069283", "CRC64NVME, ae8b14860a799888"})
    void the_digits_come_to_the_published_check_values(String algorithm, String expected) {
        // Given
        var hash = RunningHash.named(algorithm).orElseThrow();
        var digits = "123456789".getBytes(US_ASCII);

        // When
        hash.update(digits, 0, digits.length);

        // Then
        assertThat(HexFormat.of().formatHex(hash.value())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"})
    void pieces_of_any_length_come_to_the_hash_of_the_whole_also_in_a_copy(String algorithm) {
        // Given
        var random = new Random(7);
        var bytes = new byte[10_000];
        random.nextBytes(bytes);
        var hash = RunningHash.named(algorithm).orElseThrow();

        // When
        for (int from = 0, length; from < bytes.length; from += length) {
            length = Math.min(1 + random.nextInt(40), bytes.length - from);
            var earlier = hash;
            hash = earlier.copy();
            hash.update(bytes, from, length);
            earlier.update(bytes, 0, 1);
        }

        // Then
        var expected = Digests.checksum(algorithm, bytes).base64();
        assertThat(Base64.getEncoder().encodeToString(hash.value())).isEqualTo(expected);
        assertThat(Base64.getEncoder().encodeToString(hash.value())).isEqualTo(expected);
    }

    @Test
    void an_md5_is_that_of_an_etag() {
        // Given
        var hash = RunningHash.md5();
        var bytes = "tide".getBytes(US_ASCII);

        // When
        hash.update(bytes, 0, bytes.length);

        // Then
        assertThat(HexFormat.of().formatHex(hash.value())).isEqualTo(Digests.eTag(bytes));
    }

    @Test
    void an_unknown_name_is_no_hash() {
        assertThat(RunningHash.named("XXHASH128")).isEmpty();
    }

    @RepeatedTest(20)
    void two_checks_join_to_that_of_both_pieces(RepetitionInfo repetition) {
        // Given
        var random = new Random(repetition.getCurrentRepetition());
        var bytes = new byte[random.nextInt(70_000)];
        random.nextBytes(bytes);
        var cut = random.nextInt(bytes.length + 1);

        for (var algorithm : CrcAlgorithm.values()) {
            // When
            var joined = algorithm.joined(
                    crc(algorithm, Arrays.copyOf(bytes, cut)),
                    crc(algorithm, Arrays.copyOfRange(bytes, cut, bytes.length)),
                    bytes.length - cut);

            // Then
            assertThat(joined).isEqualTo(crc(algorithm, bytes));
        }
    }

    @ParameterizedTest
    @EnumSource(CrcAlgorithm.class)
    void what_follows_may_be_longer_than_any_array(CrcAlgorithm algorithm) {
        // Given
        var half = 1L << 40;
        var first = crc(algorithm, new byte[] {1, 2, 3});

        // When
        var atOnce = algorithm.joined(first, 0, 2 * half);
        var inTwo = algorithm.joined(algorithm.joined(first, 0, half), 0, half);

        // Then
        assertThat(atOnce).isEqualTo(inTwo).isNotEqualTo(first);
    }

    private static long crc(CrcAlgorithm algorithm, byte[] bytes) {
        var crc = new Crc(algorithm);
        crc.update(bytes, 0, bytes.length);
        return crc.number();
    }
}
