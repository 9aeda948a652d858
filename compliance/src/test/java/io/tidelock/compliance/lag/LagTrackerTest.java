package io.tidelock.compliance.lag;

import static io.tidelock.compliance.lag.Operations.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.BucketEvent.Aspect;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LagTrackerTest {
    private Instant now = EPOCH;
    private final LagTracker tracker = new LagTracker(() -> now, 2);

    @Test
    void a_rule_without_work_has_no_lag() {
        // When
        var lag = tracker.of("never-seen");

        // Then
        assertThat(lag).isEqualTo(new LagSnapshot(0, 0, Duration.ZERO));
    }

    @Test
    void the_oldest_pending_change_decides_the_age() {
        // Given
        var old = Operations.created("r", EPOCH.minusSeconds(30), 100);
        tracker.accepted(Operations.created("r", EPOCH.minusSeconds(5), 20));
        tracker.accepted(old);
        tracker.accepted(Operations.changed("r", EPOCH.minusSeconds(7), Aspect.TAGS));

        // When
        now = EPOCH.plusSeconds(10);
        var before = tracker.of("r");
        tracker.ended(Operations.replicated(old, now, 100));
        var after = tracker.of("r");

        // Then
        assertThat(before).isEqualTo(new LagSnapshot(3, 120, Duration.ofSeconds(40)));
        assertThat(after).isEqualTo(new LagSnapshot(2, 20, Duration.ofSeconds(17)));
    }

    @Test
    void changes_of_the_same_second_are_forgotten_one_by_one() {
        // Given
        var first = Operations.created("r", EPOCH, 1);
        var second = Operations.created("r", EPOCH.plusMillis(400), 2);
        tracker.accepted(first);
        tracker.accepted(second);

        // When
        now = EPOCH.plusSeconds(9);
        tracker.ended(Operations.replicated(first, now, 1));

        // Then
        assertThat(tracker.of("r")).isEqualTo(new LagSnapshot(1, 2, Duration.ofSeconds(9)));
    }

    @Test
    void rule_15_delete_markers_are_pending_and_have_no_age() {
        // Given
        tracker.accepted(Operations.marker("r", EPOCH.minusSeconds(3_600)));

        // When
        var lag = tracker.of("r");

        // Then
        assertThat(lag).isEqualTo(new LagSnapshot(1, 0, Duration.ZERO));
    }

    @Test
    void a_source_whose_clock_runs_ahead_has_no_negative_lag() {
        // Given
        tracker.accepted(Operations.created("r", EPOCH.plusSeconds(60), 1));

        // When
        var lag = tracker.of("r");

        // Then
        assertThat(lag.oldestAge()).isZero();
    }

    @Test
    void what_is_dropped_is_not_pending_any_more() {
        // Given
        var operation = Operations.created("r", EPOCH, 10);
        tracker.accepted(operation);

        // When
        tracker.dropped(operation);

        // Then
        assertThat(tracker.of("r")).isEqualTo(LagSnapshot.NONE);
        assertThat(tracker.inFlight()).isZero();
    }

    @Test
    void rules_beyond_the_bound_are_followed_together() {
        // Given
        tracker.accepted(Operations.created("a", EPOCH, 1));
        tracker.accepted(Operations.created("b", EPOCH, 1));
        var third = Operations.created("c", EPOCH, 4);
        tracker.accepted(third);
        tracker.accepted(Operations.created("d", EPOCH, 8));

        // When
        tracker.ended(Operations.replicated(third, EPOCH, 4));

        // Then
        assertThat(tracker.follow("c")).isEqualTo(LagTracker.OTHER);
        assertThat(tracker.of(LagTracker.OTHER)).isEqualTo(new LagSnapshot(1, 8, Duration.ZERO));
        assertThat(tracker.of("c")).isEqualTo(LagSnapshot.NONE);
        assertThat(tracker.inFlight()).isEqualTo(3);
    }

    @Test
    void a_bound_below_one_is_refused() {
        assertThatThrownBy(() -> new LagTracker(() -> now, 0)).hasMessage("rulesMax must be at least 1, was 0");
    }
}
