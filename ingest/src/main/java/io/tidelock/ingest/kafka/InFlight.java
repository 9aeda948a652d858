package io.tidelock.ingest.kafka;

import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.RecordHeader;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.order.Backpressure;
import io.tidelock.ingest.order.OffsetLedger.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this instance owns and all work on them that is not recorded yet. Confined to the loop's thread;
 * only the queue of what has ended is fed by others. That queue holds at most one entry for each record in flight.
 */
final class InFlight {
    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    private final RecordHandler handler;
    private final Backpressure pressure;
    private final @Nullable String sideTopic;
    private final Backpressure sidePressure;
    private final int batchRecordsMax;
    private final long batchDelayNanos;
    private final Map<TopicPartition, OwnedPartition> owned = new HashMap<>();
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private boolean full;
    private boolean sideFull;
    private int done;
    private long oldestDoneNanos;

    InFlight(RecordHandler handler, LoopSettings settings) {
        var limits = settings.limits();
        this.handler = handler;
        this.pressure = new Backpressure(limits.recordsInFlightMax(), limits.bytesInFlightMax());
        this.sideTopic = settings.side().map(LoopSettings.SideTopic::name).orElse(null);
        this.sidePressure = settings.side()
                .map(side -> new Backpressure(side.recordsInFlightMax(), side.bytesInFlightMax()))
                .orElseGet(() -> new Backpressure(1, 1));
        this.batchRecordsMax = limits.batchRecordsMax();
        this.batchDelayNanos = limits.batchDelay().toNanos();
    }

    void own(OwnedPartition partition) {
        owned.put(partition.at(), partition);
    }

    @Nullable
    OwnedPartition owned(TopicPartition at) {
        return owned.get(at);
    }

    Collection<OwnedPartition> all() {
        return owned.values();
    }

    /** Those of these partitions that are owned. */
    List<OwnedPartition> ownedOf(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(owned::get)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /**
     * Hands records to the handler, except those that are recorded already, until the partition stands still.
     *
     * @return the offset of the first that was not handed out, and has to be read again
     */
    OptionalLong handOut(OwnedPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            if (partition.stopped() != null) {
                return OptionalLong.of(record.offset());
            }
            long size = size(record);
            if (partition.take(record.offset(), size)) {
                pressureOn(partition).add(size);
                hand(record, new Ended.Ticket(partition, record.offset(), ended));
                collect();
            }
        }
        return OptionalLong.empty();
    }

    private Backpressure pressureOn(OwnedPartition partition) {
        return partition.at().topic().equals(sideTopic) ? sidePressure : pressure;
    }

    private void hand(ConsumerRecord<byte[], byte[]> record, Completion completion) {
        var source = sourceRecord(record);
        try {
            handler.handle(source, completion);
        } catch (RuntimeException bug) {
            completion.failed(bug);
        }
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size = Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
        for (var header : record.headers()) {
            var value = header.value();
            size += header.key().length() + (value == null ? 0 : value.length);
        }
        return size;
    }

    static SourceRecord sourceRecord(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<RecordHeader>();
        record.headers().forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
        return new SourceRecord(
                new StreamPosition(record.topic(), record.partition(), record.offset()),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                record.key(),
                record.value(),
                headers);
    }

    /** Takes note of all that has ended until now. */
    void collect() {
        for (var next = ended.poll(); next != null; next = ended.poll()) {
            note(next);
        }
    }

    private void note(Ended next) {
        var partition = next.partition();
        if (owned.get(partition.at()) != partition) {
            return; // it has left since; its next owner does the work again
        }
        switch (next) {
            case Ended.Done finished -> {
                partition.done(finished.offset(), finished.results());
                oldestDoneNanos = done == 0 ? System.nanoTime() : oldestDoneNanos;
                done++;
            }
            case Ended.Abandoned _ -> partition.endedUndone();
            case Ended.Failed failed -> {
                partition.endedUndone();
                stop(partition, failed);
            }
        }
    }

    private static void stop(OwnedPartition partition, Ended.Failed failed) {
        if (failed.bug() instanceof NewerRecordException newer) {
            breakOff(partition, newer);
            return;
        }
        partition.breakOff("bug at offset " + failed.offset() + ": " + failed.bug());
        LOG.atError()
                .addKeyValue("topic", partition.at().topic())
                .addKeyValue("partition", partition.at().partition())
                .addKeyValue("offset", failed.offset())
                .setCause(failed.bug())
                .log("a bug stops this partition; it goes on after a restart");
    }

    /** Nothing more is read of this partition by an instance that does not know what it says. */
    static void breakOff(OwnedPartition partition, NewerRecordException newer) {
        partition.breakOff(String.valueOf(newer.getMessage()));
        LOG.atError()
                .addKeyValue("reason", newer.getMessage())
                .log("a record of a newer version stops this partition; an instance that reads it goes on");
    }

    /** Waits until no work of these partitions is unfinished, taking note of what ends; false at the deadline. */
    boolean drain(Collection<OwnedPartition> partitions, long deadlineNanos) {
        collect();
        try {
            while (partitions.stream().anyMatch(partition -> partition.unfinished() > 0)) {
                var next = ended.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return false;
                }
                note(next);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Tells the handler that these partitions leave. */
    void letGo(Collection<OwnedPartition> partitions) {
        byTopic(partitions).forEach(handler::letGo);
    }

    /** Tells the handler that others own these partitions already. */
    void giveUp(Collection<OwnedPartition> partitions) {
        byTopic(partitions).forEach(handler::giveUp);
    }

    private static SortedMap<String, Set<Integer>> byTopic(Collection<OwnedPartition> partitions) {
        var byTopic = new TreeMap<String, Set<Integer>>();
        for (var partition : partitions) {
            byTopic.computeIfAbsent(partition.at().topic(), _ -> new HashSet<>())
                    .add(partition.at().partition());
        }
        return byTopic;
    }

    /** Forgets partitions and all work on them. */
    void forget(Collection<OwnedPartition> partitions) {
        for (var partition : List.copyOf(partitions)) {
            owned.remove(partition.at(), partition);
            partition.sizes().forEach(pressureOn(partition)::remove);
        }
        countDone();
    }

    private void countDone() {
        done = owned.values().stream().mapToInt(OwnedPartition::unrecorded).sum();
    }

    /** Whether it is time to record: enough has ended, it has waited long enough, or nothing else is under way. */
    boolean isDue() {
        return done > 0
                && (done >= batchRecordsMax
                        || System.nanoTime() - oldestDoneNanos >= batchDelayNanos
                        || owned.values().stream().allMatch(partition -> partition.unfinished() == 0));
    }

    /** What may be recorded now. */
    Batch batch() {
        var commits = new LinkedHashMap<OwnedPartition, Commit>();
        int room = batchRecordsMax;
        for (var partition : owned.values()) {
            var commit = room > 0 ? partition.commit(room) : null;
            if (commit != null) {
                commits.put(partition, commit);
                room -= commit.recording().size();
            }
        }
        return new Batch(commits);
    }

    /** That batch is recorded. */
    void recorded(Batch batch) {
        batch.commits().forEach((partition, commit) -> {
            if (owned.get(partition.at()) == partition) {
                partition.committed(commit).forEach(pressureOn(partition)::remove);
            }
        });
        countDone();
        oldestDoneNanos = System.nanoTime();
    }

    /** A result is refused for good, as things are. */
    void refused(Recorder.Refused refused) {
        refused.partition().refused(refused.offset(), refused.why());
        countDone();
    }

    /** Tries again what was refused. */
    void tryRefusedAgain() {
        for (var partition : owned.values()) {
            if (partition.tryAgain()) {
                countDone();
            }
        }
    }

    /**
     * Whether a bound is reached, and reading must wait.
     *
     * @param topic the side topic, or null for all others
     */
    boolean isFull(@Nullable String topic) {
        if (topic == null) {
            full = isFull(pressure, full);
            return full;
        }
        sideFull = isFull(sidePressure, sideFull);
        return sideFull;
    }

    private static boolean isFull(Backpressure pressure, boolean before) {
        return switch (pressure.advice()) {
            case PAUSE -> true;
            case RESUME -> false;
            case KEEP -> before;
        };
    }

    /** Whether anything is under way that was not read from the side topic, where work may wait for long. */
    boolean isBusy() {
        return pressure.records() > 0;
    }

    long records() {
        return pressure.records() + sidePressure.records();
    }

    long bytes() {
        return pressure.bytes() + sidePressure.bytes();
    }

    SortedMap<String, String> stopped() {
        var stopped = new TreeMap<String, String>();
        for (var partition : owned.values()) {
            var reason = partition.stopped();
            if (reason != null) {
                stopped.put(partition.at().toString(), reason);
            }
        }
        return stopped;
    }

    Map<String, Set<Integer>> assigned() {
        var assigned = new HashMap<String, Set<Integer>>();
        for (var at : owned.keySet()) {
            assigned.computeIfAbsent(at.topic(), _ -> new HashSet<>()).add(at.partition());
        }
        return assigned;
    }
}
