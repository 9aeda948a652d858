package io.tidelock.compliance.lag;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the operations in flight, by rule. Thread-safe. Holds one number for each second in which a pending operation
 * happened, so it never holds more than there are operations in flight, which the replicator bounds.
 */
public final class LagTracker implements OutcomeObserver {
    /** The rule that stands for all rules beyond the bound. */
    public static final String OTHER = "_other";

    private final InstantSource clock;
    private final int rulesMax;
    private final Map<String, Pending> rules = new ConcurrentHashMap<>();

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

    /** What is pending under a rule; nothing for a rule that was never seen. */
    public LagSnapshot of(String ruleId) {
        var pending = rules.get(ruleId);
        return pending == null ? LagSnapshot.NONE : pending.at(clock.instant());
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
        rules.computeIfAbsent(name, _ -> new Pending()).change(operation, by);
    }

    private static long bytes(BucketEvent event) {
        return switch (event) {
            case ObjectCreated created -> created.sizeBytes() == null ? 0 : created.sizeBytes();
            case DeleteMarkerCreated _, MetadataChanged _, VersionRemoved _ -> 0;
        };
    }

    /** When the change happened at the source, or null where no replica waits for it. */
    private static @Nullable Instant waitsSince(BucketEvent event) {
        return switch (event) {
            case ObjectCreated _, MetadataChanged _ -> event.occurrence().time().truncatedTo(ChronoUnit.SECONDS);
            case DeleteMarkerCreated _, VersionRemoved _ -> null;
        };
    }

    /** The operations of one rule. */
    private static final class Pending {
        private final TreeMap<Instant, Integer> seconds = new TreeMap<>();
        private long operations;
        private long bytes;

        synchronized void change(Operation operation, int by) {
            operations += by;
            bytes += by * bytes(operation.event());
            var second = waitsSince(operation.event());
            if (second != null) {
                seconds.merge(second, by, (held, more) -> held + more == 0 ? null : held + more);
            }
        }

        synchronized long operations() {
            return operations;
        }

        synchronized LagSnapshot at(Instant now) {
            var age = seconds.isEmpty() ? Duration.ZERO : Duration.between(seconds.firstKey(), now);
            return new LagSnapshot(operations, bytes, age.isNegative() ? Duration.ZERO : age);
        }
    }
}
