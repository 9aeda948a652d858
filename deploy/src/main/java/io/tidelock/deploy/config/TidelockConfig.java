package io.tidelock.deploy.config;

import io.tidelock.deploy.http.HttpConfig;
import io.tidelock.deploy.log.LogConfig;
import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.TopicSpec;
import io.tidelock.replicator.ReplicatorConfig;
import io.tidelock.replicator.job.SweepSettings;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.store.s3.S3Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole configuration: composes the records of those who use them.
 *
 * @param stores by the name that the rest of the file uses
 * @param sweep how source buckets are swept; empty when they are not
 * @param marks the keys that sign replicas; there when the process is a replicator
 */
public record TidelockConfig(
        Set<Role> roles,
        KafkaSettings kafka,
        TopicsConfig topics,
        Map<String, S3Settings> stores,
        IngestConfig ingest,
        List<Replication> replication,
        Optional<MarkKeys> marks,
        ReplicatorConfig replicator,
        Optional<SweepSettings> sweep,
        HttpConfig http,
        LogConfig log) {
    public TidelockConfig {
        roles = Set.copyOf(roles);
        stores = Map.copyOf(stores);
        replication = List.copyOf(replication);
    }

    /** Tidelock's own topics that the service needs. */
    public List<TopicSpec> ownTopics() {
        return sweep.isEmpty()
                ? topics.all()
                : Stream.concat(topics.all().stream(), Stream.of(topics.jobs())).toList();
    }
}
