package io.tidelock.ingest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.order.OffsetLedger.Commit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OffsetLedgerTest {
    private static OffsetLedger taken(long... offsets) {
        var ledger = new OffsetLedger(offsets[0], null);
        for (long offset : offsets) {
            assertThat(ledger.take(offset)).isTrue();
        }
        return ledger;
    }

    private static Commit commit(OffsetLedger ledger) {
        var commit = Objects.requireNonNull(ledger.commit(Integer.MAX_VALUE));
        ledger.committed(commit);
        return commit;
    }

    @Test
    void rule_50_the_lowest_contiguous_offset_is_committed() {
        // Given
        var ledger = taken(5, 6, 7);
        // When
        ledger.done(6);
        var first = commit(ledger);
        ledger.done(5);
        var second = commit(ledger);
        ledger.done(7);
        var third = commit(ledger);
        // Then
        assertThat(first.offset()).isEqualTo(5);
        assertThat(first.recording()).containsExactly(6L);
        assertThat(second.offset()).isEqualTo(7);
        assertThat(second.recording()).containsExactly(5L);
        assertThat(third).isEqualTo(new Commit(8, "", List.of(7L)));
    }

    @Test
    void a_topic_with_gaps_is_committed_past_its_gaps() {
        // Given
        var ledger = taken(5, 9, 30);
        // When
        ledger.done(5);
        ledger.done(9);
        // Then
        assertThat(commit(ledger)).isEqualTo(new Commit(30, "", List.of(5L, 9L)));
        ledger.done(30);
        ledger.readUpTo(40);
        assertThat(commit(ledger)).isEqualTo(new Commit(40, "", List.of(30L)));
    }

    @Test
    void nothing_to_commit_is_no_commit() {
        // Given
        var ledger = taken(5, 6);
        // Then
        assertThat(ledger.commit(10)).isNull();
        ledger.done(6);
        commit(ledger);
        assertThat(ledger.commit(10)).isNull();
    }

    @Test
    void the_next_owner_knows_what_was_recorded_out_of_order() {
        // Given
        var ledger = taken(5, 6, 7, 8, 9);
        List.of(6L, 7L, 9L).forEach(ledger::done);
        var commit = commit(ledger);
        // When
        var next = new OffsetLedger(commit.offset(), commit.metadata());
        // Then
        assertThat(commit.offset()).isEqualTo(5);
        assertThat(next.take(5)).isTrue();
        assertThat(next.take(6)).isFalse();
        assertThat(next.take(7)).isFalse();
        assertThat(next.take(8)).isTrue();
        assertThat(next.take(9)).isFalse();
        assertThat(next.take(10)).isTrue();
    }

    @Test
    void what_was_recorded_is_still_known_when_ownership_moves_before_it_is_read() {
        // Given
        var first = taken(5, 6, 7, 8);
        List.of(7L, 8L).forEach(first::done);
        var before = commit(first);
        // When
        var second = new OffsetLedger(before.offset(), before.metadata());
        second.take(5);
        second.done(5);
        var commit = commit(second);
        var third = new OffsetLedger(commit.offset(), commit.metadata());
        // Then
        assertThat(commit.offset()).isEqualTo(6);
        assertThat(third.take(6)).isTrue();
        assertThat(third.take(7)).isFalse();
        assertThat(third.take(8)).isFalse();
    }

    @Test
    void a_commit_that_failed_is_planned_again_with_what_has_ended_since() {
        // Given
        var ledger = taken(5, 6, 7);
        ledger.done(6);
        var lost = ledger.commit(10);
        ledger.done(7);
        // When
        var commit = commit(ledger);
        // Then
        assertThat(lost).isNotNull();
        assertThat(commit.recording()).containsExactly(6L, 7L);
    }

    @Test
    void a_bounded_commit_takes_the_lowest_and_claims_no_more() {
        // Given
        var ledger = taken(5, 6, 7);
        List.of(5L, 6L, 7L).forEach(ledger::done);
        // When
        var commit = ledger.commit(2);
        // Then
        assertThat(commit).isEqualTo(new Commit(7, "", List.of(5L, 6L)));
    }

    @Test
    void results_wait_where_their_offsets_do_not_fit_and_none_is_recorded_without_being_known() {
        // Given
        var ledger = new OffsetLedger(0, null);
        for (int i = 0; i < 20_000; i++) {
            ledger.take(i);
        }
        for (int i = 1; i < 20_000; i += 2) {
            ledger.done(i);
        }
        // When
        var commit = commit(ledger);
        var next = new OffsetLedger(commit.offset(), commit.metadata());
        // Then
        assertThat(commit.metadata()).hasSizeBetween(3_900, OffsetLedger.METADATA_CHARS_MAX);
        assertThat(commit.recording()).hasSizeBetween(1_000, 9_999);
        for (long i = 0; i < 20_000; i++) {
            assertThat(next.take(i)).isEqualTo(!commit.recording().contains(i));
        }
        assertThat(ledger.commit(Integer.MAX_VALUE)).isNull();
        ledger.done(0);
        assertThat(commit(ledger).recording()).contains(0L).hasSizeGreaterThan(1);
    }

    @Test
    void what_an_earlier_owner_recorded_out_of_order_is_known_and_counted() {
        // Given
        var ledger = taken(5, 6, 7, 8, 9);
        List.of(6L, 7L, 9L).forEach(ledger::done);
        var commit = commit(ledger);

        // When
        var next = new OffsetLedger(commit.offset(), commit.metadata());

        // Then
        assertThat(OffsetLedger.recordedBeyond(commit.offset(), commit.metadata()))
                .isEqualTo(3);
        assertThat(List.of(5L, 6L, 7L, 8L, 9L, 10L))
                .filteredOn(next::wasRecorded)
                .containsExactly(6L, 7L, 9L);
        assertThat(next.position()).isEqualTo(5).isEqualTo(next.committedOffset());
    }

    @Test
    void a_done_record_whose_results_could_not_be_written_is_open_again() {
        // Given
        var ledger = taken(5, 6);
        ledger.done(5);
        ledger.done(6);

        // When
        ledger.reopen(5);

        // Then
        var commit = commit(ledger);
        assertThat(commit.offset()).isEqualTo(5);
        assertThat(commit.recording()).containsExactly(6L);
        ledger.done(5);
        assertThat(commit(ledger)).isEqualTo(new Commit(7, "", List.of(5L)));
        assertThat(ledger.committedOffset()).isEqualTo(7).isEqualTo(ledger.position());
        assertThatThrownBy(() -> ledger.reopen(5)).hasMessage("offset 5 is not done");
    }

    @Test
    void one_slow_record_does_not_make_the_metadata_grow() {
        // Given
        var ledger = taken(0);
        for (int i = 1; i < 100_000; i++) {
            ledger.take(i);
            ledger.done(i);
            if (i % 1_000 == 0) {
                // When
                var commit = commit(ledger);
                // Then
                assertThat(commit.offset()).isZero();
                assertThat(commit.metadata()).hasSizeLessThan(16);
            }
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "hello", "1:", "1:%", "1:AA", "1:AAA", "1:gA", "1:____________________________", "2:BQEC"})
    void metadata_of_anybody_else_means_that_nothing_is_known(String metadata) {
        // When
        var ledger = new OffsetLedger(7, metadata);
        // Then
        for (int i = 7; i < 50; i++) {
            assertThat(ledger.take(i)).isTrue();
        }
    }

    @Test
    void bugs_of_the_caller_are_named() {
        // Given
        var ledger = taken(5, 6);
        ledger.done(5);
        // Then
        assertThatThrownBy(() -> ledger.done(5)).hasMessage("offset 5 is not taken, or done already");
        assertThatThrownBy(() -> ledger.done(9)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.take(6)).hasMessage("offset 6 was read after 6");
        assertThatThrownBy(() -> new OffsetLedger(-1, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
