package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.kafka.Beginnings.Beginning;
import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the side topic's partitions that go with those this instance owns. What one holds when it is taken over is first
 * foreseen, then handed out. Confined to the loop's thread.
 */
final class SideReader implements AutoCloseable {
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final SideTopic topic;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final RecordHandler handler;
    private final InFlight inFlight;
    private final Map<TopicPartition, Foreseen> foreseen = new HashMap<>();
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final SideTrimmer trimmer;

    /** A partition whose records are looked through up to an end before the first of them is handed out. */
    private record Foreseen(OwnedPartition partition, long begin, long end) {}

    SideReader(KafkaClients clients, LoopSettings settings, RecordHandler handler, InFlight inFlight) {
        this.topic = settings.side().orElseThrow();
        this.reader = clients.reader(settings.role() + "-side", KafkaClients.POLL_RECORDS_MAX);
        this.trimmer = new SideTrimmer(clients, settings.role() + "-side");
        this.handler = handler;
        this.inFlight = inFlight;
    }

    boolean reads(TopicPartition at) {
        return at.topic().equals(topic.name());
    }

    String topic() {
        return topic.name();
    }

    /** Whether something is still to be looked through before partitions beside it may go on. */
    boolean isForeseeing() {
        return !foreseen.isEmpty();
    }

    /** The side partitions that go with these. */
    List<TopicPartition> besides(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(at -> !reads(at))
                .map(at -> beside(at.partition()))
                .toList();
    }

    /** Of these members those that any of the partitions is, or lies beside. */
    List<TopicPartition> goingWith(Collection<TopicPartition> partitions, Collection<TopicPartition> members) {
        return members.stream()
                .filter(at -> partitions.contains(at) || partitions.contains(beside(at.partition())))
                .toList();
    }

    private TopicPartition beside(int partition) {
        return new TopicPartition(topic.name(), partition);
    }

    /** Takes a partition over. */
    void take(TopicPartition at, Beginning beginning) {
        var partition = new OwnedPartition(at, beginning.ledger());
        long position = beginning.ledger().position();
        assigned.add(at);
        reader.assign(assigned);
        reader.seek(at, position);
        foreseen.put(at, new Foreseen(partition, position, beginning.end()));
    }

    /** Whether all is foreseen that waits beside the partition of this number, and none of it stands still. */
    boolean isReady(int partition) {
        var owned = inFlight.owned(beside(partition));
        return owned != null && owned.stopped() == null;
    }

    long position(TopicPartition at) {
        return reader.position(at, QUESTION);
    }

    /** Reads no more of these. */
    void leave(Collection<TopicPartition> leaving) {
        letGoForeseen(leaving);
        assigned.removeAll(leaving);
        reader.assign(assigned);
    }

    /** What was foreseen of partitions that are not owned yet is not let go with those that are. */
    private void letGoForeseen(Collection<TopicPartition> leaving) {
        var partitions = leaving.stream()
                .filter(foreseen::containsKey)
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
        foreseen.keySet().removeAll(leaving);
        if (!partitions.isEmpty()) {
            handler.letGo(topic.name(), partitions);
        }
    }

    /**
     * Reads what is there now.
     *
     * @throws org.apache.kafka.clients.consumer.InvalidOffsetException when records are gone
     */
    void round() {
        if (assigned.isEmpty()) {
            return;
        }
        trimmer.trim(inFlight.ownedOf(assigned));
        endForeseeing();
        applyPauses();
        var records = reader.poll(Duration.ZERO);
        for (var at : records.partitions()) {
            var ahead = foreseen.get(at);
            var owned = inFlight.owned(at);
            if (ahead != null) {
                foresee(ahead, records.records(at));
            } else if (owned != null) {
                inFlight.handOut(owned, records.records(at)).ifPresent(next -> reader.seek(at, next));
            }
        }
    }

    /** Where one record cannot be foreseen, nobody knows what may go ahead: the partition is owned, and stands still. */
    private void foresee(Foreseen ahead, List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            records.stream()
                    .filter(record ->
                            record.offset() < ahead.end() && !ahead.partition().holds(record.offset()))
                    .map(InFlight::sourceRecord)
                    .forEach(handler::foresee);
        } catch (NewerRecordException newer) {
            InFlight.breakOff(ahead.partition(), newer);
            foreseen.remove(ahead.partition().at());
            inFlight.own(ahead.partition());
        }
    }

    private void endForeseeing() {
        for (var at : List.copyOf(foreseen.keySet())) {
            var ahead = foreseen.get(at);
            if (ahead != null && position(at) >= ahead.end()) {
                foreseen.remove(at);
                reader.seek(at, ahead.begin());
                inFlight.own(ahead.partition());
            }
        }
    }

    private void applyPauses() {
        var full = inFlight.isFull(topic.name());
        Pauses.apply(reader, assigned, at -> {
            var owned = inFlight.owned(at);
            return owned != null && (full || owned.stopped() != null);
        });
    }

    @Override
    public void close() {
        letGoForeseen(List.copyOf(assigned));
        trimmer.close();
        reader.close(CloseOptions.timeout(CLOSE));
    }
}
