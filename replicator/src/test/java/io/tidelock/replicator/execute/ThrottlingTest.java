package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.outcome.Outcome.Skipped;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.Breakers.Passage;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a store that asks to slow down gets. */
class ThrottlingTest {
    private static final int TRIES_MAX = 3;

    private final Copying copying = new Copying(new ExecuteSettings(
            new TransferSettings(Copying.PART, Copying.PART, 3, 4L * Copying.PART),
            new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(4), TRIES_MAX, 3),
            Duration.ofMinutes(1),
            3));

    private void throttle(StoreCall call, int times) {
        copying.sides.destination.hook(Copying.failing(Moment.BEFORE, call, StoreFailure.THROTTLED, times));
    }

    @Test
    void a_try_that_is_throttled_is_not_one_that_failed() {
        // Given
        throttle(StoreCall.PutObject, 3 * TRIES_MAX);

        // When
        var outcome = copying.run(copying.created("one", 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(outcome.attempts()).isEqualTo(3 * TRIES_MAX + 1);
        assertThat(copying.retries).hasSize(3 * TRIES_MAX).containsOnly(FailureReason.DST_THROTTLED);
    }

    @Test
    void each_round_of_refusals_halves_what_runs_at_once() {
        // Given
        throttle(StoreCall.PutObject, 3);

        // When
        copying.run(copying.created("one", 1));

        // Then
        var state = copying.gates.limits().state(copying.sides.replicas);
        assertThat(state.limit()).isEqualTo(12);
        assertThat(state.throttled()).isEqualTo(3);
        assertThat(state.inFlight()).isZero();
    }

    @Test
    void the_destination_rests_and_then_the_operation_waits_and_both_grow_longer() {
        // Given
        throttle(StoreCall.PutObject, 6);

        // When
        copying.run(copying.created("one", 1));

        // Then
        assertThat(copying.waits).hasSize(12).allMatch(wait -> wait.compareTo(Duration.ofMillis(4)) <= 0);
    }

    @Test
    void endless_throttling_ends_in_parking_and_opens_the_breaker_only_from_the_floor_on() {
        // Given
        throttle(StoreCall.PutObject, Integer.MAX_VALUE);
        var breakers = copying.gates.breakers();

        // When
        var first = copying.end(copying.created("one", 1));
        var afterFirst = breakers.passage(copying.sides.replicas);
        var second = copying.end(copying.created("two", 2));

        // Then
        assertThat(first).isEqualTo(new RunEnd.Stuck(FailureReason.DST_THROTTLED, 16));
        assertThat(afterFirst).as("6 rounds down from 100, then 10 refusals").isEqualTo(Passage.OPEN);
        assertThat(second).isEqualTo(new RunEnd.Stuck(FailureReason.DST_THROTTLED, 0));
        assertThat(copying.gates.limits().limit(copying.sides.replicas)).isEqualTo(1);
    }

    @Test
    void as_long_as_there_is_a_way_down_the_breaker_stays_closed() {
        // Given
        throttle(StoreCall.HeadObject, 6);

        // When
        copying.run(copying.created("one", 1));

        // Then
        assertThat(copying.gates.breakers().passage(copying.sides.replicas)).isEqualTo(Passage.CLOSED);
        assertThat(copying.gates.limits().limit(copying.sides.replicas)).isEqualTo(2);
    }

    @Test
    void a_throttling_source_costs_no_failed_tries_and_no_turns_of_the_destination() {
        // Given
        copying.sides.source.hook(
                Copying.failing(Moment.BEFORE, StoreCall.GetObject, StoreFailure.THROTTLED, 3 * TRIES_MAX));

        // When
        var outcome = copying.run(copying.created("one", 1));

        // Then
        assertThat(outcome).isInstanceOf(Replicated.class);
        assertThat(copying.retries).hasSize(3 * TRIES_MAX).containsOnly(FailureReason.SRC_THROTTLED);
        assertThat(copying.gates.limits().limit(copying.sides.replicas)).isEqualTo(100);
    }

    @Test
    void throttled_parts_cut_what_runs_at_once_as_well() {
        // Given
        throttle(StoreCall.UploadPart, 2);

        // When
        var outcome = (Replicated) copying.run(copying.created(Copying.bytes(3 * Copying.PART), 1));

        // Then
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(Copying.bytes(3 * Copying.PART));
        assertThat(outcome.attempts()).isEqualTo(1);
        var state = copying.gates.limits().state(copying.sides.replicas);
        assertThat(state.throttled()).isEqualTo(2);
        assertThat(state.limit()).isIn(25, 50);
    }

    @Test
    void the_breaker_opens_as_before_for_what_does_not_answer() {
        // Given
        copying.sides.destination.hook(
                Copying.failing(Moment.BEFORE, StoreCall.HeadObject, StoreFailure.UNAVAILABLE, Integer.MAX_VALUE));

        // When
        for (var i = 0; i < 4; i++) {
            copying.end(copying.created("version " + i, i));
        }

        // Then
        assertThat(copying.gates.breakers().passage(copying.sides.replicas)).isEqualTo(Passage.OPEN);
        assertThat(copying.end(copying.created("last", 9)))
                .isEqualTo(new RunEnd.Stuck(FailureReason.DST_UNAVAILABLE, 0));
    }

    private void runRemovals(int count) {
        for (var i = 0; i < count; i++) {
            assertThat(copying.run(copying.sides.removed(new VersionId("removed-" + i))))
                    .isInstanceOf(Skipped.class);
        }
    }

    @Test
    void events_that_ask_nothing_of_a_dead_destination_do_not_close_its_breaker() {
        // Given
        copying.sides.destination.hook(
                Copying.failing(Moment.BEFORE, StoreCall.HeadObject, StoreFailure.UNAVAILABLE, Integer.MAX_VALUE));
        for (var i = 0; i < 4; i++) {
            copying.end(copying.created("version " + i, i));
        }
        for (var second = 0; second < BreakerSettings.DEFAULT.openFor().toSeconds(); second++) {
            var _ = copying.sides.clock.instant();
        }

        // When
        runRemovals(2 * BreakerSettings.DEFAULT.probes());

        // Then
        assertThat(copying.gates.breakers().passage(copying.sides.replicas)).isEqualTo(Passage.HALF_OPEN);
    }

    @Test
    void events_that_ask_nothing_of_a_dead_destination_do_not_keep_its_breaker_closed() {
        // Given
        copying.sides.destination.hook(
                Copying.failing(Moment.BEFORE, StoreCall.HeadObject, StoreFailure.UNAVAILABLE, Integer.MAX_VALUE));

        // When
        for (var i = 0; i < 4; i++) {
            runRemovals(2 * TRIES_MAX);
            copying.end(copying.created("version " + i, i));
        }

        // Then
        assertThat(copying.gates.breakers().passage(copying.sides.replicas)).isEqualTo(Passage.OPEN);
    }

    @Test
    void events_that_ask_nothing_of_a_destination_do_not_end_its_slowing_down() {
        // Given
        throttle(StoreCall.HeadObject, 6);
        copying.run(copying.created("one", 1));
        var before = copying.gates.limits().limit(copying.sides.replicas);

        // When
        runRemovals(20);

        // Then
        assertThat(copying.gates.limits().limit(copying.sides.replicas)).isEqualTo(before);
    }
}
