package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tidelock.domain.Checksum;
import io.tidelock.replicator.checksum.CrcAlgorithm;
import io.tidelock.replicator.store.Digests;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A version "hellohelloyou" of three parts, held to what its source tells of the whole. */
class WholeHashTest {
    private static final PartPlan PLAN = new PartPlan(13, 5);
    private static final byte[] WHOLE = "hellohelloyou".getBytes(UTF_8);
    private static final WholeHash MD5 = new WholeHash("MD5", Digests.eTag(WHOLE));

    private static void read(PartsProof proof, int number, String bytes) throws IOException {
        var body = bytes.getBytes(UTF_8);
        try (var reading = proof.reading(new ByteArrayInputStream(body), number, body.length)) {
            reading.readAllBytes();
        }
    }

    @Test
    void parts_in_a_row_come_to_the_md5_of_the_whole_also_where_one_is_read_again() throws IOException {
        // Given
        var proof = new WholeInOrder(MD5, PLAN);

        // When
        read(proof, 1, "hello");
        read(proof, 2, "jello");
        read(proof, 2, "hello");
        read(proof, 3, "you");
        read(proof, 3, "you");

        // Then
        assertThatCode(() -> proof.require(List.of())).doesNotThrowAnyException();
    }

    @Test
    void a_part_that_broke_off_counts_for_nothing() throws IOException {
        // Given
        var proof = new WholeInOrder(MD5, PLAN);
        read(proof, 1, "hello");

        // When
        try (var reading = proof.reading(new ByteArrayInputStream("hello".getBytes(UTF_8)), 2, 5)) {
            reading.readNBytes(3);
        }
        read(proof, 2, "hello");
        read(proof, 3, "you");

        // Then
        assertThatCode(() -> proof.require(List.of())).doesNotThrowAnyException();
    }

    @Test
    void the_last_part_of_a_body_that_hashes_to_something_else_is_never_handed_on() throws IOException {
        // Given
        var proof = new WholeInOrder(MD5, PLAN);
        read(proof, 1, "jello");
        read(proof, 2, "hello");

        // When / Then
        assertThatIOException()
                .isThrownBy(() -> read(proof, 3, "you"))
                .withMessageContaining(Digests.eTag(WHOLE))
                .havingCause()
                .isInstanceOfSatisfying(
                        StoreException.class,
                        refusal -> assertThat(refusal.failure()).isEqualTo(StoreFailure.CHECKSUM_MISMATCH));
        assertThatExceptionOfType(SidedException.class).isThrownBy(() -> proof.require(List.of()));
    }

    @ParameterizedTest
    @EnumSource(CrcAlgorithm.class)
    void parts_in_any_order_come_to_the_crc_of_the_whole(CrcAlgorithm algorithm) throws IOException {
        // Given
        var proof = crc(algorithm, false);

        // When
        read(proof, 3, "you");
        read(proof, 1, "hello");
        read(proof, 2, "hello");

        // Then
        assertThatCode(() -> proof.require(List.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(CrcAlgorithm.class)
    void a_part_that_hashes_to_something_else_is_refused_whoever_else_looks(CrcAlgorithm algorithm) throws IOException {
        for (var held : List.of(true, false)) {
            // Given
            var proof = crc(algorithm, held);

            // When
            read(proof, 1, "hello");
            read(proof, 2, "jello");
            read(proof, 3, "you");

            // Then
            assertThatExceptionOfType(SidedException.class)
                    .isThrownBy(() -> proof.require(List.of()))
                    .matches(refused -> refused.side() == Side.SOURCE);
        }
    }

    @Test
    void parts_of_an_earlier_try_are_read_again_where_the_destination_does_not_judge_the_whole() throws IOException {
        // Given
        var held = crc(CrcAlgorithm.CRC64NVME, true);
        var own = crc(CrcAlgorithm.CRC64NVME, false);

        // When
        read(held, 2, "hello");
        read(held, 3, "you");

        // Then
        assertThat(held.readsAll()).isFalse();
        assertThatCode(() -> held.require(List.of())).doesNotThrowAnyException();
        assertThat(own.readsAll()).isTrue();
    }

    private static WholeCrc crc(CrcAlgorithm algorithm, boolean held) {
        Checksum kept = Digests.checksum(algorithm.name(), WHOLE);
        return new WholeCrc(new WholeHash(kept.algorithm(), kept.base64()), algorithm, PLAN, held);
    }

    private static Part part(String eTag, String crc32) {
        return new Part(1, eTag, crc32);
    }

    private static boolean holds(Part earlier) {
        return SentEarlier.holds(earlier, new ByteArrayInputStream(WHOLE));
    }

    @Test
    void a_part_that_is_there_is_compared_by_its_crc32_or_else_by_its_etag() {
        // Given
        var crc32 = Digests.checksum("CRC32", WHOLE).base64();

        // When / Then
        assertThat(holds(part("no md5", crc32))).isTrue();
        assertThat(holds(part(Digests.eTag(WHOLE), ""))).isTrue();
        assertThat(holds(part(Digests.eTag(WHOLE), "AAAAAA=="))).isFalse();
        assertThat(holds(part("no md5", ""))).isFalse();
    }

    @Test
    void a_source_that_breaks_off_while_a_part_is_compared_is_the_sources_failure() {
        // Given
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };

        // When / Then
        assertThatExceptionOfType(SidedException.class)
                .isThrownBy(() -> SentEarlier.holds(part("", ""), broken))
                .matches(failed -> failed.side() == Side.SOURCE)
                .matches(failed -> failed.refusal().failure() == StoreFailure.UNAVAILABLE);
    }
}
