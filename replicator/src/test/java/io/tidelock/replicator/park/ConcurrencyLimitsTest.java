package io.tidelock.replicator.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.park.ConcurrencyLimits.State;
import io.tidelock.replicator.park.ConcurrencyLimits.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitsTest {
    private static final Bucket SLOW = new Bucket("frankfurt", "slow");
    private static final Bucket OTHER = new Bucket("frankfurt", "other");

    private final ConcurrencyLimits limits = new ConcurrencyLimits(ConcurrencySettings.DEFAULT, 4);

    @Test
    void whoever_waits_for_one_destination_does_not_keep_another_waiting() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            var held = turns(4);
            var waiting = threads.submit(() -> limits.enter(SLOW, 4));
            await().until(() -> limits.waiting(SLOW) == 1);

            // When
            try (var other = limits.enter(OTHER, 4)) {
                other.succeeded();
            }

            // Then
            assertThat(waiting.isDone()).isFalse();
            assertThat(limits.state(OTHER)).isEqualTo(new State(4, 0, 0));
            held.getFirst().close();
            waiting.get().close();
        }
    }

    @Test
    void turns_are_taken_in_the_order_of_coming_even_where_a_later_one_would_fit() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            var held = turns(2);
            var first = threads.submit(() -> limits.enter(SLOW, 2));
            await().until(() -> limits.waiting(SLOW) == 1);

            // When
            var second = threads.submit(() -> limits.enter(SLOW, 4));

            // Then
            await().until(() -> limits.waiting(SLOW) == 2);
            held.getFirst().close();
            first.get().close();
            second.get().close();
        }
    }

    @Test
    void after_a_refusal_fewer_run_at_once_and_none_is_lost() throws Exception {
        // Given
        try (var turn = limits.enter(SLOW, 4)) {
            turn.throttled();
        }
        var running = new AtomicInteger();
        var most = new AtomicInteger();

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < 200; i++) {
                all.add(threads.submit(() -> {
                    try (var turn = limits.enter(SLOW, 4)) {
                        assertThat(turn.isThrottled()).isTrue();
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        assertThat(limits.state(SLOW).inFlight()).isBetween(1, 2);
                        running.decrementAndGet();
                    }
                    return null;
                }));
            }
            for (var one : all) {
                one.get();
            }
        }

        // Then
        assertThat(most.get()).isBetween(1, 2);
        assertThat(limits.state(SLOW)).isEqualTo(new State(2, 0, 1));
    }

    @Test
    void whoever_gives_up_waiting_lets_the_next_one_go_on() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            var held = turns(4);
            var impatient = threads.submit(() -> limits.enter(SLOW, 4));
            await().until(() -> limits.waiting(SLOW) == 1);
            var patient = threads.submit(() -> limits.enter(SLOW, 4));
            await().until(() -> limits.waiting(SLOW) == 2);

            // When
            impatient.cancel(true);
            await().until(() -> limits.waiting(SLOW) == 1);
            held.getFirst().close();

            // Then
            patient.get().close();
            assertThat(limits.state(SLOW).inFlight()).isEqualTo(3);
        }
    }

    @Test
    void a_part_is_watched_without_a_turn_of_its_own() throws Exception {
        try (var operation = limits.enter(SLOW, 4);
                var part = limits.watch(SLOW)) {
            // When
            var rounds = part.throttled();

            // Then
            assertThat(rounds).isEqualTo(1);
            assertThat(operation.throttled()).as("of the same round").isEqualTo(1);
            assertThat(limits.state(SLOW)).isEqualTo(new State(2, 1, 2));
        }
        assertThat(limits.state(SLOW).inFlight()).isZero();
    }

    @Test
    void settings_out_of_bounds_are_named() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ConcurrencySettings(0, 50, 20))
                .withMessage("replicator.concurrency.operationsMin must be between 1 and 1000, was 0");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ConcurrencySettings(1, 91, 20))
                .withMessage("replicator.concurrency.cutPercent must be between 1 and 90, was 91");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ConcurrencySettings(1, 50, 0))
                .withMessage("replicator.concurrency.throttledTriesMax must be between 1 and 1000, was 0");
    }

    private List<Turn> turns(int count) throws InterruptedException {
        var turns = new ArrayList<Turn>();
        for (var i = 0; i < count; i++) {
            turns.add(limits.enter(SLOW, 4));
        }
        return turns;
    }
}
