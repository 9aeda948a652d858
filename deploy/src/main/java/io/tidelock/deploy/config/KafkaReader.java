package io.tidelock.deploy.config;

import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.decode.SourceFormat;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.LoopSettings;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.ingest.kafka.TopicSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what concerns Kafka: brokers, topics, sources. */
final class KafkaReader {
    private static final Duration CONTROL_KEPT = Duration.ofDays(1);

    private KafkaReader() {}

    static KafkaSettings kafka(Settings root) {
        var kafka = root.group("kafka");
        return new KafkaSettings(
                kafka.text("bootstrapServers"),
                kafka.values("properties"),
                root.optionalText("instance").orElseGet(() -> instance(root.group("http"))),
                kafka.duration("startDeadline"));
    }

    static TopicsConfig topics(Settings topics) {
        return new TopicsConfig(
                topic(topics, "events"),
                topic(topics, "outcomes"),
                parked(topics),
                topic(topics, "deadLetters"),
                keptForEver(topics, "uploads", TopicSpec.Cleanup.COMPACT),
                jobs(topics),
                control(topics));
    }

    /** Kept for as long as it takes: nothing is parked that may be lost. */
    private static TopicSpec parked(Settings topics) {
        return keptForEver(topics, "parked", TopicSpec.Cleanup.DELETE);
    }

    private static TopicSpec jobs(Settings topics) {
        return keptForEver(topics, "jobs", TopicSpec.Cleanup.COMPACT);
    }

    /** Small, and of no use to those who start later. */
    private static TopicSpec control(Settings topics) {
        return new TopicSpec(
                topics.text("control"), 1, topics.integer("replicationFactor"), TopicSpec.Cleanup.DELETE, CONTROL_KEPT);
    }

    private static TopicSpec keptForEver(Settings topics, String name, TopicSpec.Cleanup cleanup) {
        return new TopicSpec(
                topics.text(name), topics.integer("partitions"), topics.integer("replicationFactor"), cleanup, null);
    }

    private static TopicSpec topic(Settings topics, String name) {
        return new TopicSpec(
                topics.text(name),
                topics.integer("partitions"),
                topics.integer("replicationFactor"),
                TopicSpec.Cleanup.DELETE,
                topics.duration(name + "Retention"));
    }

    static IngestConfig ingest(Settings root, KafkaSettings kafka, TopicsConfig topics) {
        var sources = List.copyOf(root.named("sources", KafkaReader::source).values());
        return new IngestConfig(
                kafka,
                topics.events().name(),
                topics.deadLetters().name(),
                topics.control().name(),
                sources,
                limits(root.group("ingest")));
    }

    private static IngestConfig.Source source(Settings source) {
        return new IngestConfig.Source(
                Pointer.last(source.pointer()),
                source.optionalText("topicPattern")
                        .<Subscription>map(pattern -> new Subscription.Matching(Pattern.compile(pattern)))
                        .orElseGet(() -> new Subscription.Topics(Set.copyOf(source.texts("topics")))),
                source.text("store"),
                SourceFormat.valueOf(source.text("format").toUpperCase(Locale.ROOT)));
    }

    static LoopSettings.Limits limits(Settings limits) {
        return new LoopSettings.Limits(
                limits.integer("recordsInFlightMax"),
                limits.whole("bytesInFlightMax"),
                limits.integer("batchRecordsMax"),
                limits.duration("batchDelay"),
                limits.duration("drainDeadline"));
    }

    /** Unique among the processes of one machine, as they cannot share a port, and the same after a restart. */
    private static String instance(Settings http) {
        var port = http.integer("port");
        return hostName() + "-" + (port == 0 ? ProcessHandle.current().pid() : port);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "_");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
