package io.tidelock.compliance.lag;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Follows the operations that are to be done, by rule: those in flight, and those that are parked. Thread-safe. Of those in
 * flight it holds one number for each second in which one of them happened, so never more than the replicator lets be in
 * flight; of those parked one for each partition and minute, however many there are.
 */
public final class LagTracker implements OutcomeObserver {
    /** The rule that stands for all rules beyond the bound. */
    public static final String OTHER = "_other";

    private final InstantSource clock;
    private final int rulesMax;
    private final Map<String, Pending> rules = new ConcurrentHashMap<>();
    private final Map<Parking, Pending> parked = new ConcurrentHashMap<>();

    /** What one partition has parked of one rule. */
    private record Parking(String rule, int partition) {}

    /** @param rulesMax how many rules are followed one by one, from 1; those that come later are counted together */
    public LagTracker(InstantSource clock, int rulesMax) {
        if (rulesMax < 1) {
            throw new IllegalArgumentException("rulesMax must be at least 1, was " + rulesMax);
        }
        this.clock = clock;
        this.rulesMax = rulesMax;
    }

    @Override
    public void accepted(Operation operation) {
        change(operation, 1);
    }

    @Override
    public void ended(Outcome outcome) {
        change(outcome.operation(), -1);
    }

    @Override
    public void dropped(Operation operation) {
        change(operation, -1);
    }

    @Override
    public void parked(Operation operation, FailureReason reason) {
        change(operation, -1);
        changeParked(operation, 1);
    }

    @Override
    public void resumed(Operation operation) {
        changeParked(operation, -1);
        change(operation, 1);
    }

    @Override
    public void parkedLeft(Set<Integer> partitions) {
        parked.keySet().removeIf(parking -> partitions.contains(parking.partition()));
    }

    /** What is to be done under a rule; nothing for a rule that was never seen. */
    public LagSnapshot of(String ruleId) {
        var now = clock.instant();
        var pending = rules.get(ruleId);
        return parkedOf(ruleId)
                .map(of -> of.at(now))
                .reduce(pending == null ? LagSnapshot.NONE : pending.at(now), LagSnapshot::and);
    }

    /** How many operations of a rule are parked. */
    public long parked(String ruleId) {
        return parkedOf(ruleId).mapToLong(Pending::operations).sum();
    }

    private Stream<Pending> parkedOf(String ruleId) {
        return parked.entrySet().stream()
                .filter(entry -> entry.getKey().rule().equals(ruleId))
                .map(Map.Entry::getValue);
    }

    /** How many operations are in flight under all rules together. */
    public long inFlight() {
        return rules.values().stream().mapToLong(Pending::operations).sum();
    }

    /** Begins to follow a rule; the name under which it is followed, which is {@link #OTHER} beyond the bound. */
    public String follow(String ruleId) {
        if (rules.containsKey(ruleId)) {
            return ruleId;
        }
        synchronized (rules) {
            var name = rules.containsKey(ruleId) || rules.size() < rulesMax ? ruleId : OTHER;
            rules.computeIfAbsent(name, _ -> new Pending());
            return name;
        }
    }

    private void change(Operation operation, int by) {
        var name = follow(operation.id().ruleId());
        rules.computeIfAbsent(name, _ -> new Pending()).change(operation, by, ChronoUnit.SECONDS);
    }

    private void changeParked(Operation operation, int by) {
        var name = follow(operation.id().ruleId());
        var parking = new Parking(name, operation.id().position().partition());
        parked.computeIfAbsent(parking, _ -> new Pending()).change(operation, by, ChronoUnit.MINUTES);
    }

    private static long bytes(BucketEvent event) {
        return switch (event) {
            case ObjectCreated created -> created.sizeBytes() == null ? 0 : created.sizeBytes();
            case DeleteMarkerCreated _, MetadataChanged _, VersionRemoved _ -> 0;
        };
    }

    /** When the change happened at the source, or a job asked for it, or null where no replica waits for it. */
    private static @Nullable Instant waitsSince(Operation operation, ChronoUnit precision) {
        var occurrence = operation.event().occurrence();
        var since = occurrence.look() == null ? occurrence.time() : operation.acceptedAt();
        return switch (operation.event()) {
            case ObjectCreated _, MetadataChanged _ -> since.truncatedTo(precision);
            case DeleteMarkerCreated _, VersionRemoved _ -> null;
        };
    }

    /** The operations of one rule. */
    private static final class Pending {
        private final TreeMap<Instant, Integer> times = new TreeMap<>();
        private long operations;
        private long bytes;

        synchronized void change(Operation operation, int by, ChronoUnit precision) {
            operations += by;
            bytes += by * bytes(operation.event());
            var since = waitsSince(operation, precision);
            if (since != null) {
                times.merge(since, by, (held, more) -> held + more == 0 ? null : held + more);
            }
        }

        synchronized long operations() {
            return operations;
        }

        synchronized LagSnapshot at(Instant now) {
            var age = times.isEmpty() ? Duration.ZERO : Duration.between(times.firstKey(), now);
            return new LagSnapshot(operations, bytes, age.isNegative() ? Duration.ZERO : age);
        }
    }
}
