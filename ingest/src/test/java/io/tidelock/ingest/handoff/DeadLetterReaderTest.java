package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.DeadLetterReader.Letter;
import io.tidelock.ingest.handoff.DeadLetterReader.Note;
import io.tidelock.ingest.handoff.DeadLetterReader.Part;
import io.tidelock.ingest.handoff.DeadLetterReader.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeadLetterReaderTest {
    private static final Instant THEN = Instant.ofEpochMilli(1_234);
    private static final Instant NOW = Instant.ofEpochMilli(5_678);

    private final DeadLetters deadLetters = new DeadLetters("dead", "paris-events");
    private final DeadLetterReader reader = new DeadLetterReader();
    private long offset = 40;

    private static SourceRecord raw(long at, byte @Nullable [] key, byte @Nullable [] value, RecordHeader... headers) {
        return new SourceRecord(new StreamPosition("raw", 3, at), THEN, key, value, List.of(headers));
    }

    private SourceRecord lying(OutgoingRecord letter) {
        return new SourceRecord(
                new StreamPosition("dead", 1, offset++), NOW, letter.key(), letter.value(), letter.headers());
    }

    private static void assertSame(DeadLetter letter, SourceRecord original) {
        var kept = letter.original();
        assertThat(kept.position()).isEqualTo(original.position());
        assertThat(kept.timestamp()).isEqualTo(original.timestamp());
        assertThat(Arrays.equals(kept.key(), original.key())).isTrue();
        assertThat(Arrays.equals(kept.value(), original.value())).isTrue();
        assertThat(kept.headers()).hasSameSizeAs(original.headers());
        for (var i = 0; i < kept.headers().size(); i++) {
            assertThat(kept.headers().get(i).name())
                    .isEqualTo(original.headers().get(i).name());
            assertThat(kept.headers().get(i).value())
                    .isEqualTo(original.headers().get(i).value());
        }
    }

    @Test
    void a_letter_gives_back_its_record_as_it_was() {
        // Given
        var record = raw(17, new byte[] {0, -1}, null, new RecordHeader("trace", new byte[] {7}));

        // When
        var reading =
                reader.read(lying(deadLetters.of(record, "EMPTY", "no value").getFirst()));

        // Then
        assertThat(reading).isInstanceOfSatisfying(Letter.class, read -> {
            assertSame(read.letter(), record);
            assertThat(read.letter().id()).isEqualTo("1@40");
            assertThat(read.letter().since()).isEqualTo(NOW);
            assertThat(read.letter().reason()).isEqualTo("EMPTY");
            assertThat(read.letter().reader()).isEqualTo("paris-events");
            assertThat(read.letter().rule()).isNull();
        });
    }

    @Test
    void letters_that_were_cut_are_put_together_though_others_lie_between() {
        // Given
        var random = new Random(11);
        var large = new byte[2 * DeadLetters.CHUNK_BYTES];
        random.nextBytes(large);
        var one = raw(1, new byte[] {1}, large, new RecordHeader("h", null));
        var other = raw(2, null, large);
        var first = deadLetters.of(one, "TOO_LARGE", "why");
        var second = deadLetters.of(other, "TOO_LARGE", "why");

        // When
        var whole = new ArrayList<DeadLetter>();
        var parts = 0;
        for (var i = 0; i < first.size(); i++) {
            for (var part : List.of(first.get(i), second.get(i))) {
                switch (reader.read(lying(part))) {
                    case Letter(var letter) -> whole.add(letter);
                    case Part _ -> parts++;
                    case Note _, Unreadable _ -> throw new AssertionError("neither");
                }
            }
        }

        // Then
        assertThat(whole).hasSize(2);
        assertSame(whole.getFirst(), one);
        assertSame(whole.getLast(), other);
        assertThat(whole.getFirst().id()).isEqualTo("1@40");
        assertThat(parts).isEqualTo(first.size() + second.size() - 2);
    }

    @Test
    void a_letter_whose_beginning_is_gone_is_no_letter() {
        // Given
        var parts = deadLetters.of(raw(1, null, new byte[2 * DeadLetters.CHUNK_BYTES]), "TOO_LARGE", "why");

        // Then
        assertThat(parts.subList(1, parts.size()))
                .allSatisfy(part -> assertThat(reader.read(lying(part))).isInstanceOf(Part.class));
    }

    @Test
    void a_note_names_what_was_redriven() {
        // Given
        var note = new RedriveNote(1, List.of(40L, 7_000_000_000L));
        offset = 7_000_000_001L;

        // Then
        assertThat(reader.read(lying(note.record("dead")))).isEqualTo(new Note(note));
    }

    @Test
    void a_note_about_letters_that_cannot_be_before_it_is_none_of_tidelocks() {
        assertThat(List.of(new RedriveNote(1, List.of(Long.MAX_VALUE)), new RedriveNote(1, List.of(3L, -1L))))
                .allSatisfy(note ->
                        assertThat(reader.read(lying(note.record("dead")))).isInstanceOf(Unreadable.class));
    }

    @Test
    void what_a_newer_version_wrote_is_refused() {
        // Given
        var letter =
                deadLetters.of(raw(1, null, new byte[] {1}), "NOT_JSON", "why").getFirst();
        var newer = new SourceRecord(
                new StreamPosition("dead", 1, 5),
                NOW,
                letter.key(),
                letter.value(),
                letter.headers().stream()
                        .map(header -> header.name().equals(DeadLetters.LAYOUT)
                                ? new RecordHeader(DeadLetters.LAYOUT, new byte[] {'2'})
                                : header)
                        .toList());
        var note = new SourceRecord(
                new StreamPosition("dead", 1, 6),
                NOW,
                null,
                "{\"v\":2}".getBytes(UTF_8),
                List.of(new RecordHeader(RedriveNote.HEADER, new byte[] {'1'})));

        // Then
        assertThatThrownBy(() -> reader.read(newer))
                .isInstanceOf(NewerRecordException.class)
                .hasMessageContaining("dead-1@5 was written by a newer Tidelock: layout is 2");
        assertThatThrownBy(() -> reader.read(note))
                .isInstanceOf(NewerRecordException.class)
                .hasMessageContaining("dead-1@6");
    }

    @Test
    void what_tidelock_has_not_written_is_told_apart() {
        assertThat(reader.read(raw(1, null, new byte[] {1}))).isInstanceOf(Unreadable.class);
        assertThat(reader.read(
                        raw(1, null, new byte[] {1}, new RecordHeader(DeadLetters.CHUNK, "1/x".getBytes(UTF_8)))))
                .isInstanceOf(Unreadable.class);
        assertThat(reader.read(raw(1, null, null, new RecordHeader(RedriveNote.HEADER, new byte[] {'1'}))))
                .isInstanceOf(Unreadable.class);
    }
}
