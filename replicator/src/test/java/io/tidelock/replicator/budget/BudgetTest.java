package io.tidelock.replicator.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Waiting takes no time but this one's. */
    private Instant now = START;

    private final InstantSource clock = () -> now;

    private Budget budget(OptionalLong requests, OptionalLong bytes) {
        return new Budget(new BudgetSettings(requests, bytes), clock, pause -> now = now.plus(pause));
    }

    private static OptionalLong of(long value) {
        return OptionalLong.of(value);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 50, 1_000})
    void in_no_stretch_of_time_more_is_spent_than_the_rate_and_one_second_of_it(long rate) throws Exception {
        // Given
        var budget = budget(of(rate), OptionalLong.empty());
        var seed = 4_711 + rate;
        var chance = new SplittableRandom(seed);
        var sent = new ArrayList<Instant>();

        // When
        for (var i = 0; i < 20 * rate; i++) {
            if (chance.nextLong(3 * rate) == 0) {
                now = now.plusMillis(chance.nextLong(3_000));
            }
            budget.spendRequest();
            sent.add(now);
        }

        // Then
        for (var from = 0; from < sent.size(); from++) {
            for (var to = from; to < sent.size(); to += Math.max(1, sent.size() / 100)) {
                var seconds = Duration.between(sent.get(from), sent.get(to)).toNanos() / 1e9;
                assertThat((double) (to - from + 1))
                        .as("seed %s", seed)
                        .isLessThanOrEqualTo(rate + seconds * rate + 1e-3);
            }
        }
        assertThat(budget.requestsSpent()).isEqualTo(20 * rate);
        assertThat(budget.waited()).isPositive();
    }

    @Test
    void an_object_larger_than_the_budget_moves_in_pieces() throws Exception {
        // Given
        var budget = budget(OptionalLong.empty(), of(BudgetSettings.BYTES_MIN));

        // When
        budget.spendBytes((int) (10 * BudgetSettings.BYTES_MIN));

        // Then
        assertThat(Duration.between(START, now)).isEqualTo(SECOND.multipliedBy(9));
        assertThat(budget.waited()).isEqualTo(SECOND.multipliedBy(9));
        assertThat(budget.bytesSpent()).isEqualTo(10 * BudgetSettings.BYTES_MIN);
    }

    @Test
    void nothing_waits_where_there_is_no_bound_and_all_is_counted() throws Exception {
        // Given
        var budget = budget(OptionalLong.empty(), OptionalLong.empty());

        // When
        for (var i = 0; i < 1_000; i++) {
            budget.spendRequest();
            budget.spendBytes(1 << 20);
        }

        // Then
        assertThat(now).isEqualTo(START);
        assertThat(budget.requestsSpent()).isEqualTo(1_000);
        assertThat(budget.bytesSpent()).isEqualTo(1_000L << 20);
        assertThat(budget.operationsMax()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_clock_that_is_set_back_gives_nothing_and_takes_nothing() throws Exception {
        // Given
        var budget = budget(of(10), OptionalLong.empty());
        for (var i = 0; i < 10; i++) {
            budget.spendRequest();
        }

        // When
        now = now.minusSeconds(3_600);
        budget.spendRequest();

        // Then
        assertThat(budget.waited()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void no_more_operations_run_than_one_second_of_it_keeps_going() {
        assertThat(budget(of(5), OptionalLong.empty()).operationsMax()).isEqualTo(5);
        assertThat(budget(of(500), of(1 << 20)).operationsMax()).isEqualTo(64);
        assertThat(budget(of(1), of(1 << 20)).operationsMax()).isEqualTo(1);
    }

    @Test
    void whoever_gives_up_is_told_so() {
        // Given
        var budget = new Budget(new BudgetSettings(of(1), OptionalLong.empty()), clock, _ -> {
            throw new InterruptedException("as the test wishes");
        });

        // When / Then
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> {
            budget.spendRequest();
            budget.spendRequest();
        });
        assertThat(budget.requestsSpent()).isEqualTo(1);
    }

    @Test
    void the_charge_of_a_rule_goes_along_to_other_threads_and_ends_with_its_work() throws Exception {
        // Given
        var rule = budget(of(5), OptionalLong.empty());

        // When
        List<Optional<Budget>> seen = RuleCharge.call(Optional.of(rule), () -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var carried = threads.submit(RuleCharge.carried(RuleCharge::current));
                var bare = threads.submit(RuleCharge::current);
                return List.of(RuleCharge.current(), carried.get(), bare.get());
            }
        });

        // Then
        assertThat(seen).containsExactly(Optional.of(rule), Optional.of(rule), Optional.empty());
        assertThat(RuleCharge.current()).isEmpty();
        assertThat(RuleCharge.<Optional<Budget>, RuntimeException>call(Optional.empty(), RuleCharge::current))
                .isEmpty();
    }

    @Test
    void settings_out_of_bounds_are_named() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new BudgetSettings(of(0), OptionalLong.empty()))
                .withMessage(
                        "budget.requestsPerSecond must be between 1 and 1000000, was 0; leave it out for no bound");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new BudgetSettings(OptionalLong.empty(), of(1_000)))
                .withMessageStartingWith("budget.bytesPerSecond must be between 65536 and");
    }
}
