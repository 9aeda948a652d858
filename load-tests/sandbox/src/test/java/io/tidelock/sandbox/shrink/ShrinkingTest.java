package io.tidelock.sandbox.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    private static Shrinking<Integer> shrinking(Predicate<List<Integer>> fails, int trialsMax) {
        return new Shrinking<>(
                candidates -> candidates.stream().filter(fails).findFirst(),
                step -> step > 1_000 ? List.of(step - 1_000) : List.of(),
                trialsMax);
    }

    @Test
    void only_the_steps_that_are_needed_stay_in_their_order() throws InterruptedException {
        // When
        var shrunk = shrinking(steps -> steps.containsAll(List.of(3, 50, 99)), 10_000)
                .shrink(HUNDRED);

        // Then
        assertThat(shrunk.steps()).containsExactly(3, 50, 99);
        assertThat(shrunk.minimal()).isTrue();
        assertThat(shrunk.trials()).isLessThan(400);
    }

    @Test
    void what_fails_without_any_step_is_left_with_none() throws InterruptedException {
        assertThat(shrinking(_ -> true, 10_000).shrink(HUNDRED).steps()).isEmpty();
    }

    @Test
    void steps_that_stay_are_made_simpler_and_then_make_others_superfluous() throws InterruptedException {
        // Given
        Predicate<List<Integer>> fails = steps -> steps.contains(7) || steps.containsAll(List.of(1_007, 5));

        // When
        var shrunk = shrinking(fails, 10_000).shrink(List.of(1, 5, 1_007, 9));

        // Then
        assertThat(shrunk.steps()).containsExactly(7);
        assertThat(shrunk.minimal()).isTrue();
    }

    @Test
    void when_the_trials_are_used_up_what_is_there_still_fails_and_is_not_called_minimal() throws InterruptedException {
        // Given
        Predicate<List<Integer>> fails = steps -> steps.containsAll(List.of(3, 50, 99));

        // When
        var shrunk = shrinking(fails, 20).shrink(HUNDRED);

        // Then
        assertThat(shrunk.steps()).contains(3, 50, 99).hasSizeLessThan(100);
        assertThat(shrunk.minimal()).isFalse();
        assertThat(shrunk.trials()).isEqualTo(20);
    }

    @Test
    void no_trials_are_no_bound() {
        assertThatThrownBy(() -> shrinking(_ -> true, 0))
                .hasMessageContaining("trialsMax")
                .hasMessageContaining("0");
    }

    @Test
    void failures_are_told_apart_by_kind_and_place_and_not_by_what_they_say() {
        assertThat(failure("one")).isEqualTo(failure("another"));
        assertThat(Failure.of(new AssertionError("one"))).isNotEqualTo(failure("one"));
    }

    private static Failure failure(String message) {
        return Failure.of(new IllegalStateException(message));
    }
}
