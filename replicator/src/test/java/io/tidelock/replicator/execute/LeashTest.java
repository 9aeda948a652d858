package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LeashTest {
    private final Leash leash = new Leash();

    @Test
    void work_that_is_let_go_waits_for_nothing_any_longer() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            var waits = new CountDownLatch(1);
            var never = new CountDownLatch(1);
            var work = threads.submit(() -> leash.await(() -> {
                waits.countDown();
                never.await();
                return "came";
            }));
            waits.await();

            // When
            leash.letGo();

            // Then
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(work::get)
                    .withCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void work_that_was_let_go_does_not_begin_to_wait() {
        // Given
        leash.letGo();

        // When / Then
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> leash.await(() -> "came"));
    }

    @Test
    void work_that_no_longer_waits_is_not_disturbed() throws Exception {
        // Given
        var came = leash.await(() -> "came");

        // When
        leash.letGo();

        // Then
        assertThat(came).isEqualTo("came");
        assertThat(Thread.interrupted()).isFalse();
    }
}
