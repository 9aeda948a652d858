package io.tidelock.replicator.park;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private final AdaptiveLimit limit = new AdaptiveLimit(2, 64, 0.5);

    private void enter(int times) {
        for (var i = 0; i < times; i++) {
            limit.entered();
        }
    }

    @Test
    void all_refusals_of_one_round_cut_it_once() {
        // Given
        enter(64);
        var round = limit.round();

        // When
        for (var i = 0; i < 64; i++) {
            limit.throttled(round);
        }

        // Then
        assertThat(limit.limit()).isEqualTo(32);
        assertThat(limit.throttled()).isEqualTo(64);
        assertThat(limit.refusedRounds()).isEqualTo(1);
        assertThat(limit.admits(64)).isFalse();
    }

    @Test
    void it_falls_by_halves_and_never_below_its_floor() {
        // When
        for (var i = 0; i < 10; i++) {
            limit.throttled(limit.round());
        }

        // Then
        assertThat(limit.limit()).isEqualTo(2);
        assertThat(limit.isAtFloor()).isTrue();
        assertThat(limit.refusedRounds()).isEqualTo(10);
    }

    @Test
    void it_grows_by_one_a_round_of_successes() {
        // Given
        limit.throttled(limit.round());
        limit.throttled(limit.round());
        enter(16);

        // When
        for (var i = 0; i < 17; i++) {
            limit.succeeded(limit.round());
        }

        // Then
        assertThat(limit.limit()).isEqualTo(17);
        assertThat(limit.refusedRounds()).isZero();
    }

    @Test
    void it_does_not_grow_while_nobody_needs_it_and_never_above_its_highest() {
        // Given
        limit.throttled(limit.round());
        enter(15);

        // When
        for (var i = 0; i < 1_000; i++) {
            limit.succeeded(limit.round());
        }
        var unused = limit.limit();
        enter(49);
        for (var i = 0; i < 10_000; i++) {
            limit.succeeded(limit.round());
        }

        // Then
        assertThat(unused).isEqualTo(32);
        assertThat(limit.limit()).isEqualTo(64);
    }

    @Test
    void a_success_that_began_before_the_cut_says_nothing_about_it() {
        // Given
        enter(64);
        var before = limit.round();
        limit.throttled(before);

        // When
        for (var i = 0; i < 63; i++) {
            limit.succeeded(before);
        }

        // Then
        assertThat(limit.limit()).isEqualTo(32);
        assertThat(limit.refusedRounds()).isEqualTo(1);
    }

    @Test
    void another_bound_counts_as_well() {
        // Given
        enter(3);

        // When
        var whileThree = limit.admits(3);
        limit.left();

        // Then
        assertThat(whileThree).isFalse();
        assertThat(limit.admits(3)).isTrue();
    }
}
