package io.tidelock.replicator.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.store.VersionPages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Bucket BUCKET = new Bucket("paris", "originals");

    private final Sweep sweep = new Sweep(
            new SweepSettings(EVERY, 2, Duration.ofMinutes(10), Optional.empty(), Set.of()), "events", "jobs");

    private static SweepJob job(History history) {
        return new SweepJob(
                new BucketRules(BUCKET, List.of(TwoSides.RULE), Map.of("replicas", Place.in("frankfurt")), history),
                TwoSides.RULE);
    }

    /** One version a key: from before the rule was seen, four from after, and one that is too young in the first pass. */
    private static final class Pages implements VersionPages {
        private static final List<Entry> ALL = List.of(
                entry("a", START.minusSeconds(1)),
                entry("b", START.plusSeconds(1)),
                entry("c", START.plusSeconds(2)),
                entry("d", START.plusSeconds(3)),
                entry("e", START.plus(EVERY).minusSeconds(60)));

        private static Entry entry(String key, Instant time) {
            return new Entry(key, new DataVersion(VersionId.of(key + "1"), time, "e", 1, "STANDARD"));
        }

        @Override
        public Page page(Bucket bucket, String prefix, @Nullable Cursor after) {
            return new Page(
                    ALL.stream()
                            .filter(entry -> after == null || entry.key().compareTo(after.key()) > 0)
                            .toList(),
                    Optional.empty());
        }

        @Override
        public void close() {}
    }

    private Optional<Sweep.Piece> next(SweepJob job, @Nullable SweepState known, Duration later)
            throws InterruptedException {
        return sweep.next(new Pages(), job, known, START.plus(later));
    }

    private static List<String> keys(Sweep.Piece piece) {
        return piece.records().stream()
                .filter(record -> record.topic().equals("events"))
                .map(record -> ((EventCodec.Event) EventCodec.decode(record.value())).event())
                .map(event -> event.object().key() + " "
                        + Objects.requireNonNull(event.occurrence().look()).purpose())
                .toList();
    }

    @Test
    void a_pass_is_made_of_pieces_and_leaves_alone_what_is_older_than_the_rule_or_too_young()
            throws InterruptedException {
        // Given
        var seen = next(job(History.FULL), null, Duration.ZERO).orElseThrow();

        // When
        var early = next(job(History.FULL), seen.state(), EVERY.minusSeconds(1));
        var first = next(job(History.FULL), seen.state(), EVERY).orElseThrow();
        var second =
                next(job(History.FULL), first.state(), EVERY.plusSeconds(1)).orElseThrow();
        var after = next(job(History.FULL), second.state(), EVERY.plusSeconds(2));

        // Then
        assertThat(seen.events()).isZero();
        assertThat(early).isEmpty();
        assertThat(keys(first)).containsExactly("b SWEEP", "c SWEEP");
        assertThat(first.state().done()).isFalse();
        assertThat(keys(second)).containsExactly("d SWEEP");
        assertThat(second.state().done()).isTrue();
        assertThat(after).isEmpty();
    }

    @Test
    void another_configuration_begins_a_pass_at_once_that_tries_failures_again() throws InterruptedException {
        // Given
        var seen = next(job(History.FULL), null, Duration.ZERO).orElseThrow();
        var first = next(job(History.FULL), seen.state(), EVERY).orElseThrow();

        // When
        var changed =
                next(job(History.CURRENT), first.state(), EVERY.plusSeconds(1)).orElseThrow();
        var unchanged = next(job(History.CURRENT), changed.state(), EVERY.plusSeconds(2))
                .orElseThrow();

        // Then
        assertThat(keys(changed)).containsExactly("b SWEEP_AGAIN", "c SWEEP_AGAIN");
        assertThat(keys(unchanged)).containsExactly("d SWEEP_AGAIN");
        assertThat(unchanged
                        .state()
                        .next(START, unchanged.state().configuration())
                        .again())
                .isFalse();
    }

    @Test
    void the_last_record_of_a_piece_says_how_far_it_came() throws InterruptedException {
        // Given
        var seen = next(job(History.FULL), null, Duration.ZERO).orElseThrow();

        // When
        var piece = next(job(History.FULL), seen.state(), EVERY).orElseThrow();

        // Then
        var kept = piece.records().getLast();
        assertThat(kept.topic()).isEqualTo("jobs");
        assertThat(SweepState.read(Objects.requireNonNull(kept.value()))).isEqualTo(piece.state());
        assertThat(piece.state().afterKey()).isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0001",
                "[]",
                "{}",
                "{\"v\":1}",
                "{\"v\":1,\"firstSeen\":\"2026-01-01T00:00:00Z\",\"begun\":\"?\"}"
            })
    void a_record_that_is_none_is_not_taken_for_a_rule_that_was_never_seen(String value) {
        assertThatThrownBy(() -> SweepState.read(value.getBytes(UTF_8)))
                .isInstanceOf(UnreadableJobException.class)
                .hasMessageContaining("how far the sweep has come cannot be read", "sweep.since");
    }

    @Test
    void an_event_names_the_rule() throws InterruptedException {
        var seen = next(job(History.FULL), null, Duration.ZERO).orElseThrow();
        var event = ((EventCodec.Event) EventCodec.decode(next(job(History.FULL), seen.state(), EVERY)
                        .orElseThrow()
                        .records()
                        .getFirst()
                        .value()))
                .event();
        assertThat(event.occurrence().look()).isEqualTo(new Look(TwoSides.RULE.id(), Purpose.SWEEP));
    }
}
