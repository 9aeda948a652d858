package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Reads what a topic still holds of one key, within bounds. Blocks; thread-safe. */
public final class KeyHistory {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLL_RECORDS_MAX = 5_000;

    private final KafkaClients clients;

    public KeyHistory(KafkaSettings settings) {
        this.clients = new KafkaClients(settings);
    }

    /**
     * What was found.
     *
     * @param values the newest records of the key, in order
     * @param complete whether the partition was read from its beginning, so that nothing older exists
     */
    public record Found(List<byte[]> values, boolean complete) {
        public Found {
            values = List.copyOf(values);
        }
    }

    /**
     * Reads the end of the key's partition.
     *
     * @param recordsMax how many records of the partition are read at most, whatever their key
     * @param valuesMax how many records of the key are kept at most; the newest
     * @throws IllegalStateException when Kafka does not answer, or the topic does not exist
     */
    public Found read(String topic, byte[] key, int recordsMax, int valuesMax) {
        try (var consumer = clients.reader("history", POLL_RECORDS_MAX)) {
            var partition = partitionOf(consumer, topic, key);
            consumer.assign(Set.of(partition));
            long beginning = consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            long from = Math.max(beginning, end - recordsMax);
            consumer.seek(partition, from);
            var found = new ArrayDeque<byte[]>();
            var forgotten = false;
            var standstill = new Standstill(clients.patience(), Standstill.BROKER_AWAY);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(POLL)) {
                    if (!Arrays.equals(record.key(), key)) {
                        continue;
                    }
                    if (record.value() == null) {
                        found.clear(); // removed
                    } else {
                        found.add(record.value());
                        if (found.size() > valuesMax) {
                            found.remove();
                            forgotten = true;
                        }
                    }
                }
                standstill.look(consumer, Map.of(partition, end));
            }
            return new Found(List.copyOf(found), from == beginning && !forgotten);
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "the topic " + topic + " cannot be read: "
                            + clients.refusals().reading(e),
                    e);
        }
    }

    /**
     * Hands on what the key's partition holds, of any key, from its beginning or from where it was read to the last time.
     *
     * @param positions how far each partition is read; kept by the caller, and moved on here
     * @param recordsMax about how many records are read at most; the next time goes on behind them
     * @return whether all was read, up to the partition's end now
     * @throws IllegalStateException when Kafka does not answer, or the topic does not exist, or the thread is interrupted
     */
    public boolean follow(
            String topic, byte[] key, Map<Integer, Long> positions, int recordsMax, Consumer<byte[]> values) {
        try (var consumer = clients.reader("history", POLL_RECORDS_MAX)) {
            var partition = partitionOf(consumer, topic, key);
            consumer.assign(Set.of(partition));
            long beginning = consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            var known = positions.getOrDefault(partition.partition(), beginning);
            consumer.seek(partition, Math.max(beginning, known));
            var standstill = new Standstill(clients.patience(), Standstill.BROKER_AWAY);
            var read = 0;
            while (consumer.position(partition) < end && read < recordsMax) {
                for (var record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        values.accept(record.value());
                    }
                    read++;
                }
                standstill.look(consumer, Map.of(partition, end));
                positions.put(partition.partition(), consumer.position(partition));
            }
            return consumer.position(partition) >= end;
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "the topic " + topic + " cannot be read: "
                            + clients.refusals().reading(e),
                    e);
        }
    }

    /** As producers spread keys that have no partition of their own. */
    private static TopicPartition partitionOf(KafkaConsumer<byte[], byte[]> consumer, String topic, byte[] key) {
        var partitions = consumer.partitionsFor(topic);
        if (partitions.isEmpty()) {
            throw new IllegalStateException("the topic " + topic + " does not exist");
        }
        return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions.size());
    }
}
