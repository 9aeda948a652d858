package io.tidelock.replicator;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.StreamPosition;
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
    private final Origin origin;
    private final StreamPosition told;
    private final long sequence;
    private final Leash leash = new Leash();
    private volatile Operation current;
    private volatile int triesBefore;
    private volatile boolean overtaken;
    private int ruleIndex; // the lanes hand it from thread to thread
    private @Nullable Thread runner;
    private boolean settled;
    private boolean givenUp;

    /**
     * A task that has not begun.
     *
     * @param wayBack how rules lead from the destination bucket back to the source bucket
     * @param told where the event stands in the events topic
     * @param sequence the order in which this instance took it up
     */
    LaneTask(
            EventWork work,
            Candidates candidates,
            WayBack wayBack,
            Origin origin,
            StreamPosition told,
            long sequence,
            Instant acceptedAt) {
        this.work = work;
        this.candidates = candidates;
        this.wayBack = wayBack;
        this.origin = origin;
        this.told = told;
        this.sequence = sequence;
        this.current = operation(rule(), acceptedAt);
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

    Origin origin() {
        return origin;
    }

    /** The partition of the events topic, and so of the parked topic, that it belongs to. */
    int partition() {
        return told.partition();
    }

    long sequence() {
        return sequence;
    }

    /** How often it was tried before this turn. */
    int triesBefore() {
        return triesBefore;
    }

    void tried(int times) {
        triesBefore = times;
    }

    /** Later work of its key is parked while it runs. */
    void overtake() {
        overtaken = true;
    }

    boolean isOvertaken() {
        return overtaken;
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

    /** The rule of the operation that is in flight. */
    ReplicationRule rule() {
        return candidates.rules().get(ruleIndex);
    }

    boolean isAtLastRule() {
        return ruleIndex == candidates.rules().size() - 1;
    }

    /** The operation of the next rule takes the place of the one that has ended. */
    Operation proceed(Instant acceptedAt) {
        ruleIndex++;
        current = operation(rule(), acceptedAt);
        return current;
    }

    /** It waits for another turn. */
    synchronized void unsettle() {
        settled = false;
    }

    /** Whether this is the first to say that the last operation has left, so that each leaves once. */
    synchronized boolean settle() {
        var first = !settled;
        settled = true;
        return first;
    }

    private Operation operation(ReplicationRule rule, Instant acceptedAt) {
        return new Operation(new OperationId(told, rule.id()), work.event(), candidates.replica(), acceptedAt);
    }

    boolean isOf(String topic, Set<Integer> partitions) {
        var position = work.record().position();
        return position.topic().equals(topic) && partitions.contains(position.partition());
    }

    /** From here on {@link #interrupt} reaches the calling thread, as does an earlier one. */
    synchronized void begin() {
        runner = Thread.currentThread();
        if (givenUp) {
            runner.interrupt();
        }
    }

    /** From here on {@link #interrupt} does nothing. */
    synchronized void end() {
        runner = null;
        Thread.interrupted();
    }

    /** Ends what the task does by force, if it still does anything or is about to. */
    synchronized void interrupt() {
        givenUp = true;
        if (runner != null) {
            runner.interrupt();
        }
    }
}
