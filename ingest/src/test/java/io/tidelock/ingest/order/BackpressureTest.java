package io.tidelock.ingest.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.order.Backpressure.Advice;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackpressureTest {
    @Test
    void reaching_the_bound_of_records_pauses_and_half_of_it_resumes() {
        // Given
        var pressure = new Backpressure(4, 1_000);
        for (int i = 0; i < 3; i++) {
            pressure.add(1);
            assertThat(pressure.advice()).isEqualTo(Advice.KEEP);
        }
        // When
        pressure.add(1);
        // Then
        assertThat(pressure.advice()).isEqualTo(Advice.PAUSE);
        assertThat(pressure.advice()).isEqualTo(Advice.KEEP);
        pressure.remove(1);
        assertThat(pressure.advice()).isEqualTo(Advice.KEEP);
        pressure.remove(1);
        assertThat(pressure.advice()).isEqualTo(Advice.RESUME);
        assertThat(pressure.advice()).isEqualTo(Advice.KEEP);
    }

    @Test
    void one_record_larger_than_the_bound_of_bytes_pauses_until_it_is_gone() {
        // Given
        var pressure = new Backpressure(100, 10);
        // When
        pressure.add(1_000);
        // Then
        assertThat(pressure.advice()).isEqualTo(Advice.PAUSE);
        pressure.remove(1_000);
        assertThat(pressure.advice()).isEqualTo(Advice.RESUME);
    }

    @Test
    void a_bound_of_one_does_not_stay_paused() {
        // Given
        var pressure = new Backpressure(1, 1);
        // When
        pressure.add(0);
        // Then
        assertThat(pressure.advice()).isEqualTo(Advice.PAUSE);
        pressure.remove(0);
        assertThat(pressure.advice()).isEqualTo(Advice.RESUME);
    }

    @Test
    void whatever_comes_and_goes_pauses_and_resumes_take_turns_and_nothing_stays_stuck() {
        // Given
        var seed = 5L;
        var random = new Random(seed);
        var pressure = new Backpressure(50, 5_000);
        var inFlight = new ArrayDeque<Integer>();
        var paused = false;
        for (int i = 0; i < 200_000; i++) {
            if (!paused && random.nextBoolean()) {
                var size = random.nextInt(400);
                inFlight.add(size);
                pressure.add(size);
            } else if (!inFlight.isEmpty()) {
                pressure.remove(inFlight.remove());
            }
            // When
            var advice = pressure.advice();
            // Then
            assertThat(advice).as("seed %d, step %d", seed, i).isNotEqualTo(paused ? Advice.PAUSE : Advice.RESUME);
            paused = advice == Advice.KEEP ? paused : advice == Advice.PAUSE;
            assertThat(paused && inFlight.isEmpty()).isFalse();
            assertThat(pressure.records()).isEqualTo(inFlight.size()).isLessThanOrEqualTo(50);
            assertThat(pressure.bytes())
                    .isEqualTo(inFlight.stream().mapToLong(size -> size).sum());
        }
    }

    @Test
    void bounds_and_misuse_are_named() {
        assertThatThrownBy(() -> new Backpressure(0, 1))
                .hasMessage("recordsInFlightMax and bytesInFlightMax must be at least 1, were 0 and 1");
        assertThatThrownBy(() -> new Backpressure(1, 1).remove(1)).isInstanceOf(IllegalStateException.class);
    }
}
