package io.tidelock.deploy.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.DeadLetter;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.replicator.outcome.FailureReason;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterListTest {
    private static final Instant TIME = Instant.parse("2026-11-01T12:00:00.123456789Z");

    private final LetterList list = new LetterList(10);

    private void add(String reason, String detail, long offset) {
        var original = new SourceRecord(new StreamPosition("events", 0, 7), TIME, null, new byte[] {1}, List.of());
        var letter = new DeadLetter(
                new StreamPosition("tidelock.dead-letters", 0, offset), TIME, original, reason, detail, "paris", "all");
        list.add(new FoundLetter(letter, new Meaning.Unreadable(reason, detail), false));
    }

    @Test
    void columns_are_as_wide_as_what_is_in_them() {
        // Given
        add(FailureReason.DstMultipartPartUploadNotPermitted.name(), "denied", 1_234_567_890_123L);
        add("EMPTY", "nothing", 1);

        // When
        var rows =
                list.table().lines().dropWhile(line -> !line.startsWith("ID ")).toList();

        // Then
        var what = rows.getFirst().indexOf("WHAT");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).substring(what)).isEqualTo("denied (rule all)");
        assertThat(rows.get(2).substring(what)).isEqualTo("nothing (rule all)");
    }

    @Test
    void every_reason_has_its_remedy() {
        // Given
        for (var flaw : Flaw.values()) {
            add(flaw.name(), "flawed", 1);
        }

        // When
        var reasons = list.json().path("reasons");

        // Then
        assertThat(reasons).hasSameSizeAs(Flaw.values());
        assertThat(reasons.valueStream())
                .allSatisfy(reason -> assertThat(reason.path("remedy").asText()).isNotBlank());
        assertThat(list.table()).contains("       1  EMPTY", "-> " + Flaw.EMPTY.remedy());
    }

    @Test
    void one_is_no_plural() {
        // Given
        add("EMPTY", "nothing", 1);
        list.foreign(1);

        // When
        var table = list.table();

        // Then
        assertThat(table).contains("1  waits to be redriven", "1  record of the topic is no dead letter of Tidelock");
    }

    @Test
    void a_detail_cannot_steer_the_terminal() {
        // Given
        add("EMPTY", "a\u001b[2J\u2028\u202eb\n", 1);

        // When
        var table = list.table();

        // Then
        assertThat(table).contains("a?[2J??b? (rule all)");
    }
}
