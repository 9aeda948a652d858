package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.order.OffsetLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one consumer and its producers, from joining the group to leaving it. Confined to the loop's thread. */
final class LoopSession implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoopSession.class);
    private static final Duration POLL_IDLE = Duration.ofMillis(100);
    private static final Duration POLL_BUSY = Duration.ofMillis(5);
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final long REFUSED_AGAIN_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long PASS_BY_NANOS = Duration.ofMillis(500).toNanos();

    private final LoopSettings settings;
    private final Consumer<String> trouble;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Recorder recorder;
    private final InFlight inFlight;
    private final Backoff recordBackoff = new Backoff();
    private final Set<TopicPartition> starting = new HashSet<>();
    private @Nullable Metric heartbeatAge;
    private @Nullable Batch unsure;
    private boolean joined;
    private long refusedAgainNanos = System.nanoTime() + REFUSED_AGAIN_NANOS;
    private long busyNanos = System.nanoTime();

    /**
     * A session that has not joined its group.
     *
     * @param producers makes transactional producers
     * @param trouble told what goes wrong, for the loop's state
     */
    LoopSession(
            KafkaClients clients,
            Supplier<Producer<byte[], byte[]>> producers,
            LoopSettings settings,
            RecordHandler handler,
            Consumer<String> trouble) {
        this.settings = settings;
        this.trouble = trouble;
        this.recorder = new Recorder(producers);
        this.inFlight = new InFlight(handler, settings.limits());
        recorder.open(); // first, so that what an earlier life of this instance left open does not hold up reading
        try {
            this.consumer = clients.member(settings);
        } catch (RuntimeException e) {
            recorder.close();
            throw e;
        }
    }

    void join() {
        switch (settings.subscription()) {
            case Subscription.Topics(var names) -> consumer.subscribe(names, this);
            case Subscription.Matching(var pattern) -> consumer.subscribe(pattern, this);
        }
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** Whether the group has told this member what it owns. */
    boolean hasJoined() {
        return joined;
    }

    /** How long ago the last heartbeat was sent to the group, in seconds; grows while there is no connection. */
    double heartbeatAgeSeconds() {
        if (heartbeatAge == null) {
            heartbeatAge = consumer.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().name().equals("last-heartbeat-seconds-ago"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        return heartbeatAge != null && heartbeatAge.metricValue() instanceof Double age ? age : 0;
    }

    /** One round: read, hand out, take note of what has ended, record. */
    void step() {
        start();
        applyPauses();
        handOut(poll());
        inFlight.collect();
        if (System.nanoTime() - refusedAgainNanos >= 0) {
            inFlight.tryRefusedAgain();
            refusedAgainNanos = System.nanoTime() + REFUSED_AGAIN_NANOS;
        }
        if (inFlight.records() > 0) {
            busyNanos = System.nanoTime();
        }
        if (inFlight.isDue() || unsure != null) {
            recordUnlessBackingOff();
        } else if (System.nanoTime() - busyNanos >= PASS_BY_NANOS) {
            busyNanos = System.nanoTime();
            passBy();
            recordUnlessBackingOff();
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(inFlight.records() > 0 || !starting.isEmpty() ? POLL_BUSY : POLL_IDLE);
        } catch (NoOffsetForPartitionException e) {
            return ConsumerRecords.empty(); // just assigned; start() says where
        } catch (InvalidOffsetException e) {
            startAgain(e);
            return ConsumerRecords.empty();
        }
    }

    private void handOut(ConsumerRecords<byte[], byte[]> records) {
        for (var at : records.partitions()) {
            var partition = inFlight.owned(at);
            if (partition != null && !starting.contains(at)) {
                inFlight.handOut(partition, records.records(at));
            }
        }
    }

    /** Nothing is read where a bound is reached, a bug stopped the partition, or its start is not known yet. */
    private void applyPauses() {
        var full = inFlight.isFull();
        var paused = consumer.paused();
        var toPause = new ArrayList<TopicPartition>();
        var toResume = new ArrayList<TopicPartition>();
        for (var at : consumer.assignment()) {
            var partition = inFlight.owned(at);
            var wait = full || partition == null || partition.stopped() != null;
            if (wait != paused.contains(at)) {
                (wait ? toPause : toResume).add(at);
            }
        }
        consumer.pause(toPause);
        consumer.resume(toResume);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        joined = true;
        starting.addAll(added);
        consumer.pause(added);
        if (!added.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("role", settings.role())
                    .addKeyValue("partitions", added)
                    .log("assigned");
        }
    }

    /** Finds out where newly assigned partitions begin. Not done while the group rebalances: it asks Kafka, and may fail. */
    private void start() {
        if (starting.isEmpty()) {
            return;
        }
        try {
            var committed = consumer.committed(starting, QUESTION);
            var first = consumer.beginningOffsets(starting, QUESTION);
            var end = consumer.endOffsets(starting, QUESTION);
            for (var at : starting) {
                var ledger = ledger(
                        at,
                        committed.get(at),
                        Objects.requireNonNull(first.get(at)),
                        Objects.requireNonNull(end.get(at)));
                consumer.seek(at, ledger.position());
                inFlight.own(new OwnedPartition(at, ledger));
            }
            starting.clear();
        } catch (RetriableException e) {
            trouble.accept("cannot learn where to start: " + e.getMessage());
        }
    }

    private OffsetLedger ledger(TopicPartition at, @Nullable OffsetAndMetadata committed, long first, long end) {
        if (committed == null) {
            return new OffsetLedger(first, null);
        }
        if (committed.offset() < first || committed.offset() > end) {
            lost(at, committed.offset(), first);
            return new OffsetLedger(first, null);
        }
        return new OffsetLedger(committed.offset(), committed.metadata());
    }

    private void lost(TopicPartition at, long wanted, long first) {
        trouble.accept("records of " + at + " from offset " + wanted + " on are gone, reading goes on at " + first
                + ": raise the topic's retention, then resync what may be missing");
        LOG.atError()
                .addKeyValue("topic", at.topic())
                .addKeyValue("partition", at.partition())
                .addKeyValue("wanted", wanted)
                .addKeyValue("first", first)
                .log("records are gone before they were read");
    }

    /** The log no longer holds what was to be read next. */
    private void startAgain(InvalidOffsetException e) {
        var gone = e.partitions();
        trouble.accept("offsets are out of range: " + gone);
        inFlight.forget(ownedOf(gone));
        consumer.pause(gone);
        starting.addAll(gone);
    }

    private List<OwnedPartition> ownedOf(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(inFlight::owned)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        release(ownedOf(revoked), settings.limits().drainDeadline());
        starting.removeAll(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        var owned = ownedOf(lost);
        inFlight.letGo(owned);
        inFlight.forget(owned);
        starting.removeAll(lost);
        if (!lost.isEmpty()) {
            trouble.accept("lost " + lost + " to another member without being asked");
        }
    }

    /** Lets go, drains, records once, forgets (rule 51). Returns whether all that had begun has been recorded. */
    private boolean release(Collection<OwnedPartition> leaving, Duration deadline) {
        if (leaving.isEmpty()) {
            return true;
        }
        inFlight.letGo(leaving);
        var drained = inFlight.drain(leaving, System.nanoTime() + deadline.toNanos());
        var recorded = record();
        var complete = drained && recorded && leaving.stream().allMatch(partition -> partition.unrecorded() == 0);
        inFlight.forget(leaving);
        if (!complete) {
            LOG.atWarn()
                    .addKeyValue("role", settings.role())
                    .addKeyValue(
                            "partitions",
                            leaving.stream().map(OwnedPartition::at).toList())
                    .log("released with work that is not recorded; the next owner does it again");
        }
        return complete;
    }

    private void recordUnlessBackingOff() {
        if (recordBackoff.isOver()) {
            if (record()) {
                recordBackoff.reset();
            } else {
                recordBackoff.next();
            }
        }
    }

    /** Records what has ended, in as many transactions as that takes; false when Kafka does not let it. */
    private boolean record() {
        while (true) {
            try {
                recorder.open();
                resolveUnsure();
            } catch (KafkaException e) {
                trouble.accept("cannot record: " + e.getMessage());
                return false;
            }
            var batch = inFlight.batch();
            if (batch.isEmpty()) {
                return true;
            }
            switch (recorder.record(batch, consumer.groupMetadata())) {
                case Recorder.Recorded _ -> inFlight.recorded(batch);
                case Recorder.NotRecorded(var why) -> {
                    trouble.accept("cannot record: " + why);
                    return false;
                }
                case Recorder.Refused refused -> {
                    trouble.accept(refused.why());
                    inFlight.refused(refused);
                    LOG.atError().addKeyValue("reason", refused.why()).log("a result is refused; its partition waits");
                }
                case Recorder.Unsure(var why) -> {
                    trouble.accept("do not know yet whether it is recorded: " + why);
                    unsure = batch;
                    return false;
                }
            }
        }
    }

    /** A transaction whose end nobody heard of: its offsets, committed or not, tell. */
    private void resolveUnsure() {
        var batch = unsure;
        if (batch == null) {
            return;
        }
        var offsets = batch.offsets();
        var ours = ownedOf(offsets.keySet()).stream()
                .filter(batch.commits()::containsKey)
                .findFirst();
        if (ours.isPresent()) {
            var at = ours.get().at();
            var committed = consumer.committed(Set.of(at), QUESTION).get(at);
            var planned = Objects.requireNonNull(offsets.get(at));
            if (committed != null
                    && committed.offset() == planned.offset()
                    && committed.metadata().equals(planned.metadata())) {
                inFlight.recorded(batch);
            }
        }
        unsure = null;
    }

    /** Moves the committed offsets past what is no record, such as the end marks of transactions. */
    private void passBy() {
        for (var partition : inFlight.all()) {
            if (partition.stopped() == null && partition.unfinished() == 0) {
                try {
                    partition.readUpTo(consumer.position(partition.at(), QUESTION));
                } catch (RetriableException e) {
                    trouble.accept("cannot learn the position of " + partition.at() + ": " + e.getMessage());
                }
            }
        }
    }

    /** Lets go of everything, drains, records; whether all that had begun was recorded. */
    boolean end(Duration deadline) {
        return release(List.copyOf(inFlight.all()), deadline);
    }

    /** Leaves the group and closes the clients. */
    void close() {
        var owned = List.copyOf(inFlight.all());
        inFlight.letGo(owned);
        inFlight.forget(owned);
        starting.clear();
        try {
            consumer.close(
                    CloseOptions.timeout(CLOSE).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        } catch (KafkaException e) {
            trouble.accept("consumer did not close: " + e.getMessage());
        } finally {
            recorder.close();
        }
    }
}
