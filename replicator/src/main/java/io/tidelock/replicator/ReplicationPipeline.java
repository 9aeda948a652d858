package io.tidelock.replicator;

import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.rule.RuleBook;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Read this first. An event comes in as a record; each destination that its bucket's rules name gets one task in the lane
 * of its replica key; there the operation gathers facts, plans, executes; its outcome is recorded. What its destination
 * cannot take is parked. When all operations of the event have an outcome or are parked, the record's offset may pass.
 */
public final class ReplicationPipeline implements RecordHandler {
    private final Supplier<RuleBook> rules;
    private final Lanes lanes;
    private final String outcomesTopic;
    private final DeadLetters deadLetters;
    private final OutcomeObserver observer;
    private final InstantSource clock;
    private final Parking parking;
    private final Takeovers takeovers;
    private long sequence;

    /**
     * A pipeline with nothing in it.
     *
     * @param rules asked for every event, so that a changed rule book takes effect at once
     */
    ReplicationPipeline(
            Supplier<RuleBook> rules,
            Lanes lanes,
            Parking parking,
            Takeovers takeovers,
            String outcomesTopic,
            DeadLetters deadLetters,
            OutcomeObserver observer,
            InstantSource clock) {
        this.rules = rules;
        this.lanes = lanes;
        this.parking = parking;
        this.takeovers = takeovers;
        this.outcomesTopic = outcomesTopic;
        this.deadLetters = deadLetters;
        this.observer = observer;
        this.clock = clock;
    }

    @Override
    public void handle(SourceRecord record, Completion completion) {
        if (parking.isParked(record)) {
            parking.take(record, completion);
            return;
        }
        switch (EventCodec.decode(record.value())) {
            case EventCodec.Event(var event) -> {
                if (!takeovers.keep(record, event, completion)) {
                    replicate(record, event, completion);
                }
            }
            case EventCodec.Newer(var detail) -> completion.failed(new NewerRecordException(record.position(), detail));
            case EventCodec.Unreadable unreadable -> {
                observer.deadLetter(unreadable.reason());
                completion.done(deadLetters.of(record, unreadable.reason(), unreadable.detail()));
            }
        }
    }

    private void replicate(SourceRecord record, BucketEvent event, Completion completion) {
        var object = event.object();
        var book = rules.get();
        var candidates = book.candidates(event);
        var tasks = Math.max(1, candidates.size());
        var work = new EventWork(record, event, completion, outcomesTopic, deadLetters, takeovers, tasks);
        if (candidates.isEmpty()) {
            work.ended(unruled(record, event, book));
            work.taskDone();
        }
        for (var destination : candidates) {
            var wayBack = book.wayBack(destination.replica(), object);
            var task = new LaneTask(
                    work, destination, wayBack, parking.live(), record.position(), sequence++, clock.instant());
            if (!Takeovers.isLook(event)) {
                takeovers.accepted(record.position(), destination.replica());
            }
            observer.accepted(task.current());
            if (!parking.overflows(task)) {
                lanes.submit(task);
            }
        }
    }

    private Outcome unruled(SourceRecord record, BucketEvent event, RuleBook book) {
        var now = clock.instant();
        var id = new OperationId(record.position(), OperationId.NO_RULE);
        var outcome = Unruled.of(new Operation(id, event, null, now), book, now, 0);
        observer.accepted(outcome.operation());
        observer.ended(outcome);
        return outcome;
    }

    @Override
    public void takenOver(String topic, int partition, long end) {
        takeovers.begin(partition, end);
    }

    @Override
    public void foresee(SourceRecord record) {
        parking.foresee(record);
    }

    @Override
    public void turn() {
        takeovers.turn(this::replicate);
        parking.turn();
    }

    @Override
    public void letGo(String topic, Set<Integer> partitions) {
        takeovers.letGo(topic, partitions);
        lanes.letGo(task -> task.isOf(topic, partitions));
        parking.letGo(topic, partitions);
    }

    @Override
    public void giveUp(String topic, Set<Integer> partitions) {
        takeovers.letGo(topic, partitions);
        lanes.giveUp(task -> task.isOf(topic, partitions));
        parking.letGo(topic, partitions);
    }
}
