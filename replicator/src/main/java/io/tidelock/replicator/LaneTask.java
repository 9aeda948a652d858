package io.tidelock.replicator;

import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.execute.Leash;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.rule.Candidates;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.WayBack;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one event has to lead to at one destination: one operation a rule, until one of them selects the version. */
final class LaneTask {
    private final EventWork work;
    private final Candidates candidates;
    private final WayBack wayBack;
    private final Leash leash = new Leash();
    private volatile Operation current;
    private @Nullable Thread runner;
    private boolean settled;

    /** @param wayBack how rules lead from the destination bucket back to the source bucket */
    LaneTask(EventWork work, Candidates candidates, WayBack wayBack, Instant acceptedAt) {
        this.work = work;
        this.candidates = candidates;
        this.wayBack = wayBack;
        this.current = operation(candidates.rules().getFirst(), acceptedAt);
    }

    EventWork work() {
        return work;
    }

    Candidates candidates() {
        return candidates;
    }

    WayBack wayBack() {
        return wayBack;
    }

    /** Work on one replica key is done in the order of its events. */
    ObjectKey lane() {
        return candidates.replica();
    }

    Leash leash() {
        return leash;
    }

    /** The operation that is in flight. */
    Operation current() {
        return current;
    }

    /** The operation of the next rule takes the place of the one that has ended. */
    Operation proceed(ReplicationRule rule, Instant acceptedAt) {
        current = operation(rule, acceptedAt);
        return current;
    }

    /** Whether this is the first to say that the last operation has left, so that each leaves once. */
    synchronized boolean settle() {
        var first = !settled;
        settled = true;
        return first;
    }

    private Operation operation(ReplicationRule rule, Instant acceptedAt) {
        return new Operation(
                new OperationId(work.record().position(), rule.id()), work.event(), candidates.replica(), acceptedAt);
    }

    boolean isOf(String topic, Set<Integer> partitions) {
        var position = work.record().position();
        return position.topic().equals(topic) && partitions.contains(position.partition());
    }

    /** From here on {@link #interrupt} reaches the calling thread. */
    synchronized void begin() {
        runner = Thread.currentThread();
    }

    /** From here on {@link #interrupt} does nothing. */
    synchronized void end() {
        runner = null;
        Thread.interrupted();
    }

    /** Ends what the task does by force, if it still does anything. */
    synchronized void interrupt() {
        if (runner != null) {
            runner.interrupt();
        }
    }
}
