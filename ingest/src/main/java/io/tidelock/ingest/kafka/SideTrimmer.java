package io.tidelock.ingest.kafka;

import io.tidelock.ingest.kafka.KafkaGrant.Operation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Kafka delete what is recorded of the side topic, which nobody reads again: it is kept until it is done, not for a
 * time. Asks now and then and waits for no answer. Confined to the loop's thread.
 */
final class SideTrimmer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SideTrimmer.class);
    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final KafkaClients clients;
    private final String client;
    private final Map<TopicPartition, Long> trimmed = new HashMap<>();
    private long trimmedNanos = System.nanoTime();
    private @Nullable Admin admin;
    private volatile boolean denied;

    /** @param client part of the name of its client */
    SideTrimmer(KafkaClients clients, String client) {
        this.clients = clients;
        this.client = client;
    }

    /** Asks for what was recorded of these partitions since; no more than once in ten seconds, and never again where that is denied. */
    void trim(Collection<OwnedPartition> partitions) {
        if (denied || System.nanoTime() - trimmedNanos < EVERY_NANOS) {
            return;
        }
        trimmedNanos = System.nanoTime();
        var done = new HashMap<TopicPartition, RecordsToDelete>();
        for (var partition : partitions) {
            var committed = partition.committedOffset();
            var before = trimmed.put(partition.at(), committed);
            if (before == null ? committed > 0 : before < committed) {
                done.put(partition.at(), RecordsToDelete.beforeOffset(committed));
            }
        }
        if (!done.isEmpty()) {
            ask(done);
        }
    }

    private void ask(Map<TopicPartition, RecordsToDelete> done) {
        if (admin == null) {
            admin = clients.admin(client);
        }
        admin.deleteRecords(done).lowWatermarks().forEach((at, answer) -> {
            var _ = answer.whenComplete((_, failure) -> {
                if (failure instanceof AuthorizationException) {
                    deny(at.topic());
                }
            });
        });
    }

    private synchronized void deny(String topic) {
        if (!denied) {
            denied = true;
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", clients.refusals().missing(KafkaGrant.topic(topic, Operation.DELETE)))
                    .log("what is done stays in this topic for ever");
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
