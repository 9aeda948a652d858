package io.tidelock.scenarios.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryTrendTest {
    @Test
    void growth_in_the_second_half_shows_whatever_the_first_half_did() {
        // Given
        var trend = new MemoryTrend();

        // When
        for (var second = 0; second < 120; second++) {
            trend.add(Duration.ofSeconds(second), second < 60 ? 900_000_000L : (300 + second) * 1_000_000L);
        }

        // Then
        assertThat(trend.maxMegabytes()).isEqualTo(900);
        assertThat(trend.slopeOfSecondHalf()).isCloseTo(60, within(0.001));
        assertThat(trend.growthOfSecondHalf()).isCloseTo(59, within(0.001));
    }

    @Test
    void memory_that_goes_up_and_down_has_no_trend() {
        // Given
        var trend = new MemoryTrend();

        // When
        for (var second = 0; second < 1_200; second++) {
            trend.add(Duration.ofSeconds(second), (400 + second % 10) * 1_000_000L);
        }

        // Then
        assertThat(trend.growthOfSecondHalf()).isCloseTo(0, within(0.5));
    }

    @Test
    void nothing_measured_has_no_trend() {
        assertThat(new MemoryTrend().growthOfSecondHalf()).isZero();
    }
}
