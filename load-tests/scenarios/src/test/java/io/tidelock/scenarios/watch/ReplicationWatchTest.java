package io.tidelock.scenarios.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Actor;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationWatchTest {
    private Instant now = Instant.EPOCH;
    private final ReplicationWatch watch = new ReplicationWatch("photos", "photos-replica", () -> now);

    @Test
    void each_entry_of_the_source_waits_for_its_own_counterpart() throws Exception {
        // When
        change("photos", "a", EventName.OBJECT_CREATED_PUT, 10);
        now = now.plusSeconds(1);
        change("photos", "a", EventName.OBJECT_REMOVED_DELETE_MARKER_CREATED, 0);
        now = now.plusSeconds(2);
        change("photos-replica", "a", EventName.OBJECT_CREATED_PUT, 10);

        // Then
        var state = watch.snapshot();
        assertThat(state.written()).isEqualTo(2);
        assertThat(state.arrived()).isEqualTo(1);
        assertThat(state.arrivedBytes()).isEqualTo(10);
        assertThat(state.pending()).isEqualTo(1);
        assertThat(state.lagMax()).isEqualTo(Duration.ofSeconds(3));
        assertThat(state.oldestPending()).isEqualTo(Duration.ofSeconds(2));
        assertThat(watch.awaitDrained(Duration.ZERO)).isFalse();
    }

    @Test
    void when_all_have_arrived_it_is_drained() throws Exception {
        // When
        change("photos", "a", EventName.OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD, 10);
        change("photos-replica", "a", EventName.OBJECT_CREATED_COPY, 10);

        // Then
        assertThat(watch.awaitDrained(Duration.ZERO)).isTrue();
        assertThat(watch.snapshot().oldestPending()).isZero();
    }

    @Test
    void what_nobody_waited_for_and_what_is_no_new_entry_is_told_apart() {
        // When
        change("photos-replica", "a", EventName.OBJECT_CREATED_PUT, 10);
        change("photos", "b", EventName.OBJECT_TAGGING_PUT, 0);
        change("photos", "b", EventName.OBJECT_REMOVED_DELETE, 0);
        change("elsewhere", "b", EventName.OBJECT_CREATED_PUT, 10);

        // Then
        var state = watch.snapshot();
        assertThat(state.unexpected()).isEqualTo(1);
        assertThat(state.written()).isZero();
        assertThat(state.arrived()).isZero();
    }

    @Test
    void percentiles_are_at_most_a_tenth_too_long() {
        // Given
        var lags = new LagTimes();

        // When
        for (int millis = 1; millis <= 1_000; millis++) {
            lags.add(Duration.ofMillis(millis));
        }

        // Then
        assertThat(lags.percentile(0.5)).isBetween(Duration.ofMillis(500), Duration.ofMillis(550));
        assertThat(lags.percentile(0.99)).isBetween(Duration.ofMillis(990), Duration.ofMillis(1_000));
        assertThat(lags.max()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new LagTimes().percentile(0.99)).isZero();
    }

    private void change(String bucket, String key, EventName name, long size) {
        var owner = Account.of("111122223333", "paris");
        var actor = new Actor(owner.id(), owner.canonicalId(), "AWS:1", "127.0.0.1", "r");
        watch.changed(new Change(
                name,
                "eu-west-3",
                bucket,
                owner,
                key,
                size,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                actor,
                now,
                false));
    }
}
