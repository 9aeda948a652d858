package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.RecordHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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
    private static final int FORESEEING_POLLS_MAX = 20;
    private static final double NANOS = 1e9;
    private static final long PASS_BY_NANOS = Duration.ofMillis(500).toNanos();

    private final LoopSettings settings;
    private final RecordHandler handler;
    private final Consumer<String> trouble;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Recorder recorder;
    private final Recording recording;
    private final InFlight inFlight;
    private final Beginnings beginnings;
    private final DeniedTopics denied;
    private final Heartbeat heartbeat;
    private final NobodysPartitions nobodys;
    private final Duration sessionTimeout;
    private final @Nullable SideReader side;
    private final Set<TopicPartition> starting = new HashSet<>();
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
        this.handler = handler;
        this.trouble = trouble;
        this.sessionTimeout = clients.sessionTimeout();
        this.denied = new DeniedTopics(clients.refusals(), trouble);
        this.recorder = new Recorder(producers, e -> clients.refusals().writing(e, clients.transactionalId(settings)));
        this.inFlight = new InFlight(handler, settings);
        recorder.open(); // first, so that what an earlier life of this instance left open does not hold up reading
        @Nullable KafkaConsumer<byte[], byte[]> member = null;
        try {
            member = clients.member(settings);
            this.consumer = member;
            this.heartbeat = new Heartbeat(consumer);
            this.beginnings = new Beginnings(clients, consumer, trouble);
            this.recording = new Recording(recorder, inFlight, consumer, trouble);
            this.side = settings.side().isEmpty() ? null : new SideReader(clients, settings, handler, inFlight);
            this.nobodys =
                    new NobodysPartitions(clients.admin("group-" + settings.role()), consumer, settings, trouble);
        } catch (RuntimeException e) {
            if (member != null) {
                member.close(CloseOptions.timeout(Duration.ZERO));
            }
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

    /** What is not read, with the reason. */
    SortedMap<String, String> stopped() {
        var stopped = inFlight.stopped();
        stopped.putAll(denied.reasons(with(consumer.assignment())));
        return stopped;
    }

    /** Whether the group has told this member what it owns. */
    boolean hasJoined() {
        return joined;
    }

    /** How long ago the last heartbeat was sent to the group, in seconds; grows while there is no connection. */
    double heartbeatAgeSeconds() {
        return heartbeat.ageSeconds();
    }

    /** For how long Kafka has not let it record what has ended, in seconds; 0 while all goes well. */
    double recordingFailsForSeconds() {
        return recording.failsForSeconds();
    }

    /** One round: read, hand out, take note of what has ended, record. */
    void step() {
        giveUpWhenCutOff();
        start();
        applyPauses();
        handOut(poll());
        readSide();
        handler.turn();
        inFlight.collect();
        nobodys.look();
        if (System.nanoTime() - refusedAgainNanos >= 0) {
            inFlight.tryRefusedAgain();
            refusedAgainNanos = System.nanoTime() + REFUSED_AGAIN_NANOS;
        }
        if (inFlight.isBusy()) {
            busyNanos = System.nanoTime();
        }
        if (inFlight.isDue() || recording.isUnsure()) {
            recording.recordUnlessBackingOff();
        } else if (System.nanoTime() - busyNanos >= PASS_BY_NANOS) {
            busyNanos = System.nanoTime();
            passBy();
            recording.recordUnlessBackingOff();
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            var busy = inFlight.isBusy() || !starting.isEmpty() || (side != null && side.isForeseeing());
            return consumer.poll(busy ? POLL_BUSY : POLL_IDLE);
        } catch (NoOffsetForPartitionException e) {
            return ConsumerRecords.empty(); // just assigned; start() says where
        } catch (InvalidOffsetException e) {
            startAgain(e);
            return ConsumerRecords.empty();
        } catch (TopicAuthorizationException e) {
            denied.add(e);
            return ConsumerRecords.empty();
        }
    }

    /** Nothing of the partitions beside it is read until all is foreseen, so that goes on for many polls. */
    private void readSide() {
        if (side == null || denied.waits(side.topic())) {
            return;
        }
        try {
            for (var polls = 0; polls == 0 || (polls < FORESEEING_POLLS_MAX && side.isForeseeing()); polls++) {
                side.round();
            }
        } catch (InvalidOffsetException e) {
            startAgain(e);
        } catch (TopicAuthorizationException e) {
            denied.add(e);
        }
    }

    private void handOut(ConsumerRecords<byte[], byte[]> records) {
        for (var at : records.partitions()) {
            denied.read(at.topic());
            var partition = inFlight.owned(at);
            if (partition != null && !starting.contains(at)) {
                inFlight.handOut(partition, records.records(at)).ifPresent(next -> consumer.seek(at, next));
            }
        }
    }

    /** Nothing is read where a bound is reached, a bug stopped the partition, or its start is not known yet. */
    private void applyPauses() {
        var full = inFlight.isFull(null);
        Pauses.apply(consumer, consumer.assignment(), at -> {
            var partition = inFlight.owned(at);
            return full
                    || partition == null
                    || partition.stopped() != null
                    || denied.waits(at.topic())
                    || (side != null && !side.isReady(at.partition()));
        });
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        joined = true;
        heartbeat.joined();
        starting.addAll(added);
        starting.addAll(besides(added));
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
        if (starting.isEmpty() || isCutOff() || starting.stream().anyMatch(at -> denied.waits(at.topic()))) {
            return;
        }
        try {
            beginnings.of(starting).forEach((at, beginning) -> {
                if (side != null && side.reads(at)) {
                    side.take(at, beginning);
                } else {
                    handler.takenOver(at.topic(), at.partition(), beginning.end());
                    consumer.seek(at, beginning.ledger().position());
                    inFlight.own(new OwnedPartition(at, beginning.ledger()));
                }
            });
            starting.clear();
        } catch (TopicAuthorizationException e) {
            denied.add(e);
        } catch (RetriableException e) {
            trouble.accept("cannot learn where to start: " + e.getMessage());
        }
    }

    /**
     * The log no longer holds what was to be read next. A partition and the one beside it begin again together: what was set
     * aside and not recorded is forgotten with either of them.
     */
    private void startAgain(InvalidOffsetException e) {
        var gone = e.partitions();
        trouble.accept("offsets are out of range: " + gone);
        Collection<TopicPartition> members = side == null ? gone : side.goingWith(gone, consumer.assignment());
        var all = with(members);
        var owned = inFlight.ownedOf(all);
        inFlight.letGo(owned);
        inFlight.forget(owned);
        forget(all);
        consumer.pause(members);
        starting.addAll(all);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        var leaving = with(revoked);
        release(inFlight.ownedOf(leaving), settings.limits().drainDeadline());
        forget(leaving);
    }

    private Collection<TopicPartition> besides(Collection<TopicPartition> partitions) {
        return side == null ? List.of() : side.besides(partitions);
    }

    private Collection<TopicPartition> with(Collection<TopicPartition> partitions) {
        var all = new HashSet<>(partitions);
        all.addAll(besides(partitions));
        return all;
    }

    private void forget(Collection<TopicPartition> leaving) {
        starting.removeAll(leaving);
        if (side != null) {
            side.leave(besides(leaving));
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        var leaving = with(lost);
        giveUp(leaving);
        forget(leaving);
        if (!lost.isEmpty()) {
            trouble.accept("lost " + lost + " to another member without being asked");
        }
    }

    /** Others own these already, so nothing of theirs may go on here. */
    private void giveUp(Collection<TopicPartition> gone) {
        var owned = inFlight.ownedOf(gone);
        inFlight.giveUp(owned);
        inFlight.forget(owned);
    }

    /** Whether the group has heard nothing of this member for so long that it has given its partitions away. */
    private boolean isCutOff() {
        return heartbeat.silenceSeconds() * NANOS > sessionTimeout.toNanos();
    }

    /** Nobody can tell it so; after a mere hiccup all is read again, as after any loss. */
    private void giveUpWhenCutOff() {
        if (joined && isCutOff() && !inFlight.all().isEmpty()) {
            var assigned = with(consumer.assignment());
            giveUp(assigned);
            forget(assigned);
            starting.addAll(assigned);
            trouble.accept("Kafka has answered no heartbeat for longer than a session lasts, so "
                    + consumer.assignment() + " are given up");
        }
    }

    /** Lets go, drains, records once, forgets (rule 51). Returns whether all that had begun has been recorded. */
    private boolean release(Collection<OwnedPartition> leaving, Duration deadline) {
        if (leaving.isEmpty()) {
            return true;
        }
        inFlight.letGo(leaving);
        var drained = inFlight.drain(leaving, System.nanoTime() + deadline.toNanos());
        var recorded = recording.record();
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

    /** Moves the committed offsets past what is no record, such as the end marks of transactions. */
    private void passBy() {
        for (var partition : inFlight.all()) {
            if (partition.stopped() == null && partition.unfinished() == 0) {
                try {
                    partition.readUpTo(
                            side != null && side.reads(partition.at())
                                    ? side.position(partition.at())
                                    : consumer.position(partition.at(), QUESTION));
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
        giveUp(inFlight.all().stream().map(OwnedPartition::at).toList());
        starting.clear();
        close(() -> consumer.close(
                CloseOptions.timeout(CLOSE).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)));
        if (side != null) {
            close(side::close);
        }
        nobodys.close();
        recorder.close();
    }

    private void close(Runnable closing) {
        try {
            closing.run();
        } catch (KafkaException e) {
            trouble.accept("consumer did not close: " + e.getMessage());
        }
    }
}
