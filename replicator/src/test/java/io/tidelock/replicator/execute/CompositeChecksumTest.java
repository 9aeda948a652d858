package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidelock.domain.Checksum;
import io.tidelock.replicator.store.Multipart.Kept;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.StoreFailure;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CompositeChecksumTest {
    private static final PartPlan PLAN = new PartPlan(8, 5);
    private static final List<Part> SENT = List.of(part(1, "hello"), part(2, "you"));

    /** The CRC32 of the CRC32s of "hello" and "you", reckoned apart. */
    private static final Checksum SAME = new Checksum("CRC32", crc(crc("hello"), crc("you")) + "-2", true);

    private static final Checksum OTHER = new Checksum("CRC32", crc(crc("hello"), crc("yes")) + "-2", true);

    private final AtomicInteger asked = new AtomicInteger();

    private Supplier<List<Kept>> cutInto(String... parts) {
        return () -> {
            asked.incrementAndGet();
            return Stream.of(parts)
                    .map(bytes -> new Kept(part(1, bytes), bytes.length()))
                    .toList();
        };
    }

    @Test
    void parts_that_are_those_of_the_source_pass() {
        CompositeChecksum.require(SAME, PLAN, SENT, cutInto("hello", "you"));
        CompositeChecksum.require(null, PLAN, SENT, cutInto("hello", "you"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_part_with_other_bytes_is_refused() {
        assertThatExceptionOfType(SidedException.class)
                .isThrownBy(() -> CompositeChecksum.require(OTHER, PLAN, SENT, cutInto("hello", "yes")))
                .satisfies(refused -> {
                    assertThat(refused.side()).isEqualTo(Side.SOURCE);
                    assertThat(refused.refusal().failure()).isEqualTo(StoreFailure.CHECKSUM_MISMATCH);
                });
    }

    @Test
    void a_source_that_was_cut_otherwise_or_does_not_tell_shows_nothing() {
        CompositeChecksum.require(OTHER, PLAN, SENT, cutInto("hell", "oyes"));
        CompositeChecksum.require(OTHER, PLAN, SENT, cutInto());
        assertThat(asked).hasValue(2);
    }

    @Test
    void checksums_that_cannot_be_compared_are_left_alone() {
        // Given
        var whole = new Checksum("CRC32", "AAAAAA==", false);
        var unhashed = List.of(SENT.getFirst(), new Part(2, "etag", ""));

        // When
        CompositeChecksum.require(whole, PLAN, SENT, cutInto("hello", "yes"));
        CompositeChecksum.require(OTHER, PLAN, unhashed, cutInto("hello", "yes"));

        // Then
        assertThat(asked).hasValue(0);
    }

    private static Part part(int number, String bytes) {
        return new Part(number, "etag", crc(bytes));
    }

    private static String crc(String bytes) {
        return base64(bytes.getBytes(UTF_8));
    }

    private static String crc(String first, String second) {
        return base64(ByteBuffer.allocate(8)
                .put(Base64.getDecoder().decode(first))
                .put(Base64.getDecoder().decode(second))
                .array());
    }

    private static String base64(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        var value = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }
}
