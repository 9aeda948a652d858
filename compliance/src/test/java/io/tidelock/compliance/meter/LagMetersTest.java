package io.tidelock.compliance.meter;

import static io.tidelock.compliance.lag.Operations.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidelock.compliance.lag.LagTracker;
import io.tidelock.compliance.lag.Operations;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LagMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void gauges_follow_the_tracker_and_say_zero_before_the_first_operation() {
        // Given
        var tracker = new LagTracker(() -> EPOCH.plusSeconds(90), 10);
        var meters = new LagMeters(registry, tracker, () -> true);
        meters.show("idle");
        var operation = Operations.created("busy", EPOCH, 50);

        // When
        tracker.accepted(operation);
        meters.accepted(operation);

        // Then
        assertThat(value(MeterNames.LAG, "idle")).isZero();
        assertThat(value(MeterNames.LAG, "busy")).isEqualTo(90);
        assertThat(value(MeterNames.PENDING_OPERATIONS, "busy")).isEqualTo(1);
        assertThat(value(MeterNames.PENDING_BYTES, "busy")).isEqualTo(50);
    }

    @Test
    void the_lag_is_not_a_number_while_it_is_not_known() {
        // Given
        var known = new AtomicBoolean();
        new LagMeters(registry, new LagTracker(() -> EPOCH, 10), known::get).show("r");

        // When
        var before = value(MeterNames.LAG, "r");
        known.set(true);
        var after = value(MeterNames.LAG, "r");

        // Then
        assertThat(before).isNaN();
        assertThat(after).isZero();
    }

    @Test
    void gauges_survive_the_garbage_collector_when_nobody_else_holds_their_state() {
        // Given
        var tracker = new LagTracker(() -> EPOCH, 10);
        var meters = new LagMeters(registry, tracker, () -> true);
        meters.show("r");
        var watched = new WeakReference<>(new Object());

        // When
        tracker = null;
        meters = null;
        Awaitility.await().until(() -> {
            System.gc();
            return watched.get() == null;
        });

        // Then
        assertThat(value(MeterNames.LAG, "r")).isZero();
        assertThat(value(MeterNames.PENDING_OPERATIONS, "r")).isZero();
        assertThat(value(MeterNames.PENDING_BYTES, "r")).isZero();
    }

    @Test
    void rules_beyond_the_bound_of_the_tracker_share_their_gauges() {
        // Given
        var tracker = new LagTracker(() -> EPOCH.plusSeconds(4), 1);
        var meters = new LagMeters(registry, tracker, () -> true);

        // When
        for (var rule : new String[] {"a", "b", "c"}) {
            var operation = Operations.created(rule, EPOCH, 1);
            tracker.accepted(operation);
            meters.accepted(operation);
        }

        // Then
        assertThat(value(MeterNames.PENDING_OPERATIONS, "a")).isEqualTo(1);
        assertThat(value(MeterNames.PENDING_OPERATIONS, LagTracker.OTHER)).isEqualTo(2);
        assertThat(registry.find(MeterNames.LAG.id()).gauges()).hasSize(2);
    }

    private double value(MeterNames name, String rule) {
        return registry.get(name.id()).tag("rule", rule).gauge().value();
    }
}
