package io.tidelock.replicator.park;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rate at which parked work is taken up. */
class AllowanceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Allowance allowance = new Allowance(10, NOW);

    @Test
    void it_grows_by_the_rate_up_to_a_second_s_worth() {
        assertThat(allowance.at(NOW)).isZero();
        assertThat(allowance.at(NOW.plusMillis(500))).isEqualTo(5);
        allowance.used(3);
        assertThat(allowance.at(NOW.plusMillis(600))).isEqualTo(3);
        assertThat(allowance.at(NOW.plusSeconds(60))).isEqualTo(10);
    }

    @Test
    void a_clock_that_steps_back_neither_gives_nor_takes() {
        // Given
        allowance.at(NOW.plusMillis(500));

        // When
        var back = allowance.at(NOW.minusSeconds(3_600));

        // Then
        assertThat(back).isEqualTo(5);
        assertThat(allowance.at(NOW.minusSeconds(3_600).plusMillis(100))).isEqualTo(6);
    }
}
