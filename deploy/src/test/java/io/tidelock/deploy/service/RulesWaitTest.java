package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RulesWaitTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final AtomicInteger readings = new AtomicInteger();
    private final ArrayList<String> news = new ArrayList<>();

    private static UnreachableRulesException unreachable() {
        return new UnreachableRulesException(
                "the bucket paris/photos",
                new StoreException(StoreFailure.UNAVAILABLE, "GetBucketReplication", "", null));
    }

    @Test
    void it_reads_again_until_the_store_answers_and_says_what_it_waits_for() throws InterruptedException {
        // Given
        var wait = new RulesWait(
                () -> {
                    if (readings.incrementAndGet() < 4) {
                        throw unreachable();
                    }
                },
                PAUSE,
                news::add);

        // When
        var read = wait.await();

        // Then
        assertThat(read).isTrue();
        assertThat(readings).hasValue(4);
        assertThat(news).hasSize(3).containsOnly("waits for replication rules: the bucket paris/photos");
    }

    @Test
    void what_somebody_has_to_correct_is_said_at_once() {
        // Given
        var wait = new RulesWait(
                () -> {
                    readings.incrementAndGet();
                    throw new IllegalStateException("has no replication configuration");
                },
                PAUSE,
                news::add);

        // Then
        assertThatThrownBy(wait::await).hasMessage("has no replication configuration");
        assertThat(readings).hasValue(1);
        assertThat(news).isEmpty();
    }

    @Test
    void it_ends_when_the_service_is_to_stop() throws InterruptedException {
        // Given
        var wait = new AtomicReference<RulesWait>();
        wait.set(new RulesWait(
                () -> {
                    throw unreachable();
                },
                Duration.ofDays(1),
                _ -> wait.get().end()));

        // When
        var read = wait.get().await();

        // Then
        assertThat(read).isFalse();
    }
}
