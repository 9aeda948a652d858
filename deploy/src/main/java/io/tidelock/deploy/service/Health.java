package io.tidelock.deploy.service;

import io.tidelock.deploy.http.Condition;
import io.tidelock.deploy.http.DestinationState;
import io.tidelock.deploy.meter.BreakerMeters;
import io.tidelock.ingest.kafka.LoopState;
import io.tidelock.replicator.park.Breakers.Passage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What readiness depends on: that the service has started, that its loops run, reach their broker, and have no partition standing still. */
final class Health {
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final List<Supplier<Condition>> others = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private volatile Condition service;
    private volatile @Nullable BreakerMeters breakers;

    /** The health of a service that starts now. */
    Health(InstantSource clock) {
        this.clock = clock;
        service = condition(false, "starts since " + clock.instant());
    }

    /** @param why it has not started yet */
    void starting(String why) {
        service = condition(false, why);
    }

    /** Everything has been started. */
    void runs() {
        service = condition(true, "runs since " + clock.instant());
    }

    /** It has been told to end. */
    void stops() {
        service = condition(false, "stops since " + clock.instant());
    }

    private static Condition condition(boolean ok, String reason) {
        return new Condition("service", ok, reason);
    }

    /** @param states the loops of a role by name; asked for each request */
    void watch(String role, Supplier<? extends Map<String, LoopState>> states) {
        watched.add(new Watched(role, states));
    }

    /** @param condition something else that readiness depends on; asked for each request */
    void watch(Supplier<Condition> condition) {
        others.add(condition);
    }

    /** @param meters which destinations there are, and how they are */
    void watch(BreakerMeters meters) {
        breakers = meters;
    }

    /** How the destinations of this process are; none where it does not replicate. */
    List<DestinationState> destinations() {
        var meters = breakers;
        return meters == null
                ? List.of()
                : meters.shown().stream()
                        .map(destination -> new DestinationState(
                                destination.toString(), words(meters.passage(destination)), meters.parked(destination)))
                        .toList();
    }

    private static String words(Passage passage) {
        return switch (passage) {
            case CLOSED -> "closed";
            case HALF_OPEN -> "half-open";
            case OPEN -> "open";
        };
    }

    List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        conditions.add(service);
        for (var role : watched) {
            role.states().get().forEach((loop, state) -> {
                var name = loop.isEmpty() ? role.name() : role.name() + "." + loop;
                conditions.add(new Condition(name + ".loop", isUp(state.phase()), phase(state)));
                conditions.add(
                        new Condition(name + ".partitions", state.stopped().isEmpty(), partitions(state)));
            });
        }
        others.forEach(other -> conditions.add(other.get()));
        return conditions;
    }

    /** Whether every loop of a role runs, so that what it knows is the whole of its share. */
    boolean running(String role) {
        return watched.stream()
                .filter(entry -> entry.name().equals(role))
                .flatMap(entry -> entry.states().get().values().stream())
                .allMatch(state -> isUp(state.phase()));
    }

    private static boolean isUp(LoopState.Phase phase) {
        return switch (phase) {
            case RUNNING -> true;
            case STARTING, DISCONNECTED, FAILED, STOPPED -> false;
        };
    }

    private static String phase(LoopState state) {
        var phase = switch (state.phase()) {
            case STARTING -> "starting";
            case RUNNING -> "running";
            case DISCONNECTED -> "cannot reach the broker, or is refused by it, and keeps trying";
            case FAILED -> "has failed and does not come back by itself";
            case STOPPED -> "has stopped";
        };
        var error = state.phase() == LoopState.Phase.RUNNING ? null : state.lastError();
        return phase + " since " + state.since() + (error == null ? "" : ": " + error);
    }

    private static String partitions(LoopState state) {
        if (state.stopped().isEmpty()) {
            var owned = state.assigned().values().stream()
                    .mapToInt(java.util.Set::size)
                    .sum();
            return owned + " owned, " + state.recordsInFlight() + " records in flight";
        }
        var halted = new StringBuilder("halted:");
        state.stopped()
                .forEach((partition, reason) -> halted.append(' ')
                        .append(partition)
                        .append(" (")
                        .append(reason)
                        .append(')'));
        return halted.toString();
    }

    /** The loops of one role. */
    private record Watched(String name, Supplier<? extends Map<String, LoopState>> states) {}
}
