package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.StreamPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
    private static final StreamPosition POSITION = new StreamPosition("raw", 3, 17);

    private final DeadLetters deadLetters = new DeadLetters("dead", "paris-events");

    private static SourceRecord record(byte[] key, byte[] value, RecordHeader... headers) {
        return new SourceRecord(POSITION, Instant.ofEpochMilli(1_234), key, value, List.of(headers));
    }

    private static @Nullable String header(OutgoingRecord record, String name) {
        return record.headers().stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .map(header -> new String(Objects.requireNonNull(header.value()), UTF_8))
                .orElse(null);
    }

    @Test
    void key_value_and_headers_are_kept_byte_for_byte_beside_the_reason_and_the_position() {
        // Given
        var record = record(new byte[] {0, -1}, new byte[] {-2, 0, 13}, new RecordHeader("trace", new byte[] {7}));
        // When
        var letters = deadLetters.of(record, "NOT_JSON", "why \u00fc");
        // Then
        assertThat(letters).hasSize(1);
        var letter = letters.getFirst();
        assertThat(letter.topic()).isEqualTo("dead");
        assertThat(letter.key()).containsExactly(0, -1);
        assertThat(letter.value()).containsExactly(-2, 0, 13);
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("NOT_JSON");
        assertThat(header(letter, DeadLetters.DETAIL)).isEqualTo("why \u00fc");
        assertThat(header(letter, DeadLetters.READER)).isEqualTo("paris-events");
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("raw");
        assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("17");
        assertThat(header(letter, DeadLetters.TIMESTAMP)).isEqualTo("1234");
        assertThat(header(letter, DeadLetters.CHUNK)).isNull();
        assertThat(letter.headers().getLast().name()).isEqualTo("original.trace");
        assertThat(letter.headers().getLast().value()).containsExactly(7);
    }

    @Test
    void a_record_too_large_for_one_record_is_cut_and_can_be_put_together_again() throws IOException {
        // Given
        var random = new Random(9);
        var key = new byte[100];
        var value = new byte[3 * DeadLetters.CHUNK_BYTES];
        var header = new byte[DeadLetters.CHUNK_BYTES];
        random.nextBytes(key);
        random.nextBytes(value);
        random.nextBytes(header);
        // When
        var letters = deadLetters.of(record(key, value, new RecordHeader("big", header)), "TOO_LARGE", "why");
        // Then
        var frame = new ByteArrayOutputStream();
        for (int i = 0; i < letters.size(); i++) {
            var letter = letters.get(i);
            assertThat(header(letter, DeadLetters.CHUNK)).isEqualTo((i + 1) + "/5");
            assertThat(letter.key()).isEqualTo("raw-3@17".getBytes(UTF_8));
            assertThat(header(letter, DeadLetters.REASON)).isEqualTo("TOO_LARGE");
            frame.write(Objects.requireNonNull(letter.value()));
            assertThat(letter.value()).hasSizeLessThanOrEqualTo(DeadLetters.CHUNK_BYTES);
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(frame.toByteArray()))) {
            assertThat(in.readByte()).isEqualTo((byte) 1);
            assertThat(in.readNBytes(in.readInt())).isEqualTo(key);
            assertThat(in.readNBytes(in.readInt())).isEqualTo(value);
            assertThat(in.readInt()).isEqualTo(1);
            assertThat(in.readNBytes(in.readInt())).isEqualTo("big".getBytes(UTF_8));
            assertThat(in.readNBytes(in.readInt())).isEqualTo(header);
            assertThat(in.available()).isZero();
        }
    }
}
