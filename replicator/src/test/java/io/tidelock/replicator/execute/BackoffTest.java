package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** Draws one number for ever. */
    private record Constant(double drawn) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only doubles are drawn");
        }

        @Override
        public double nextDouble() {
            return drawn;
        }
    }

    private static long[] millis(double drawn) {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(1_500), new Constant(drawn));
        return IntStream.rangeClosed(1, 7)
                .mapToLong(failures -> backoff.after(failures).toMillis())
                .toArray();
    }

    @Test
    void rule_38_pauses_double_with_every_failure_up_to_their_bound() {
        assertThat(millis(Math.nextDown(1.0))).containsExactly(100, 200, 400, 800, 1_500, 1_500, 1_500);
    }

    @Test
    void pauses_are_drawn_between_nothing_and_that() {
        assertThat(millis(0.5)).containsExactly(50, 100, 200, 400, 750, 750, 750);
        assertThat(millis(0)).containsOnly(0);
    }
}
