package io.tidelock.ingest.kafka;

import io.tidelock.ingest.order.OffsetLedger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where partitions begin that were just assigned: where their last owner's commits ended. Confined to the loop's thread. */
final class Beginnings {
    private static final Logger LOG = LoggerFactory.getLogger(Beginnings.class);
    private static final Duration QUESTION = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<String> trouble;

    /** @param trouble told of records that are gone */
    Beginnings(KafkaClients clients, KafkaConsumer<byte[], byte[]> consumer, Consumer<String> trouble) {
        this.clients = clients;
        this.consumer = consumer;
        this.trouble = trouble;
    }

    /**
     * Where one partition begins.
     *
     * @param end the offset after the last record that was written before; it can be read as soon as its transaction has
     *     ended, and an earlier owner's may have been committed already although its partition was not told yet
     */
    record Beginning(OffsetLedger ledger, long end) {}

    /**
     * Asks Kafka.
     *
     * @throws org.apache.kafka.common.errors.RetriableException when it does not answer now
     */
    Map<TopicPartition, Beginning> of(Set<TopicPartition> partitions) {
        var committed = consumer.committed(partitions, QUESTION);
        var first = consumer.beginningOffsets(partitions, QUESTION);
        var ends = ends(partitions);
        var beginnings = new HashMap<TopicPartition, Beginning>();
        for (var at : partitions) {
            long end = Objects.requireNonNull(ends.get(at));
            var ledger = ledger(at, committed.get(at), Objects.requireNonNull(first.get(at)), end);
            beginnings.put(at, new Beginning(ledger, end));
        }
        return beginnings;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        try (var admin = clients.admin("beginnings")) {
            return LogEnds.of(admin, partitions);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
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
}
