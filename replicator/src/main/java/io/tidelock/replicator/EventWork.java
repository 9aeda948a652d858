package io.tidelock.replicator;

import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * All that one event has to lead to: as many tasks as destinations. Completes the event's record when the last one ends.
 * Thread-safe.
 */
final class EventWork {
    private final SourceRecord record;
    private final BucketEvent event;
    private final Completion completion;
    private final String outcomesTopic;
    private final DeadLetters deadLetters;
    private final Takeovers takeovers;
    private final List<OutgoingRecord> results = new ArrayList<>();
    private int open;
    private boolean dropped;
    private boolean stopped;

    /** @param tasks how many ends are to be told, from 1 */
    EventWork(
            SourceRecord record,
            BucketEvent event,
            Completion completion,
            String outcomesTopic,
            DeadLetters deadLetters,
            Takeovers takeovers,
            int tasks) {
        this.record = record;
        this.event = event;
        this.completion = completion;
        this.outcomesTopic = outcomesTopic;
        this.deadLetters = deadLetters;
        this.takeovers = takeovers;
        this.open = tasks;
    }

    SourceRecord record() {
        return record;
    }

    BucketEvent event() {
        return event;
    }

    /** An operation has ended; its task may have another one. What failed is kept where it can be redriven. */
    synchronized void ended(Outcome outcome) {
        results.add(OutcomeCodec.record(outcomesTopic, outcome));
        takeovers.lookAgain(outcome).ifPresent(results::add);
        if (outcome instanceof Outcome.Failed failed) {
            var detail = failed.detail() == null ? failed.reason().remedy() : failed.detail();
            results.addAll(deadLetters.ofFailed(
                    told(failed),
                    failed.operation().id().ruleId(),
                    failed.reason().name(),
                    detail));
        }
    }

    /** The event as it stands in the events topic, also where it was read from the parked one. */
    private SourceRecord told(Outcome.Failed failed) {
        var position = failed.operation().id().position();
        return record.position().equals(position)
                ? record
                : new SourceRecord(position, record.timestamp(), record.key(), EventCodec.encode(event), List.of());
    }

    /** The rest of a task is set aside; this record keeps it. */
    synchronized void parked(OutgoingRecord record) {
        results.add(record);
    }

    /** One task has ended with all outcomes that it owed. */
    void taskDone() {
        close(false);
    }

    /** One task was given up; then nothing of the event is recorded, and its next reader does it all again. */
    void taskDropped() {
        close(true);
    }

    /** One task met a bug. */
    synchronized void taskFailed(Throwable bug) {
        if (!stopped) {
            stopped = true;
            completion.failed(bug);
        }
    }

    private synchronized void close(boolean given) {
        open--;
        dropped |= given;
        if (open > 0 || stopped) {
            return;
        }
        stopped = true;
        if (dropped) {
            completion.abandoned();
        } else {
            completion.done(results);
        }
    }
}
