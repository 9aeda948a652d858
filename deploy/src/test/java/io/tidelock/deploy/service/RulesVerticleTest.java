package io.tidelock.deploy.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidelock.deploy.config.Replication;
import io.tidelock.domain.Bucket;
import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.IngestConfig.Source;
import io.tidelock.ingest.IngestObserver;
import io.tidelock.ingest.IngestVerticle;
import io.tidelock.ingest.decode.SourceFormat;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.LoopSettings.Limits;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.KeyMapping;
import io.tidelock.replicator.rule.document.Leniency;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RulesVerticleTest {
    private static final Bucket PHOTOS = new Bucket("paris", "photos");
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final String PUT = """
        {"version":"0","source":"aws.s3","detail-type":"AWS API Call via CloudTrail",
         "detail":{"eventName":"PutBucketReplication","requestParameters":{"bucketName":"photos"}}}
        """;

    private final SandboxKafka kafka = new SandboxKafka().start();
    private final Vertx vertx = Vertx.vertx();
    private final KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers(), Map.of(), "one");
    private final AtomicInteger readings = new AtomicInteger();

    /** A store whose bucket has another rule each time that it is asked. */
    private final ObjectStore store = (ObjectStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (_, method, _) -> {
                if (!method.getName().equals("replicationConfiguration")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                return Optional.of("""
                    <ReplicationConfiguration><Role>r</Role><Rule><ID>r%d</ID><Status>Enabled</Status>
                    <Prefix></Prefix><Destination><Bucket>arn:aws:s3:::replicas</Bucket></Destination></Rule>
                    </ReplicationConfiguration>
                    """.formatted(readings.incrementAndGet()));
            });

    @AfterEach
    void stop() {
        vertx.close().await();
        kafka.close();
    }

    private LiveRules rules() {
        var replication = new Replication(
                PHOTOS,
                Optional.empty(),
                Optional.empty(),
                Map.of("replicas", new Place("frankfurt", new KeyMapping("", ""), AclPolicy.COPY)),
                Map.of(),
                History.FULL,
                Leniency.NONE,
                Duration.ofHours(1),
                Map.of(),
                Set.of(),
                Map.of());
        return new LiveRules(List.of(replication), Map.of("paris", store));
    }

    @Test
    void requests_that_cannot_be_read_are_named_in_the_log() {
        // Given
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        ((Logger) LoggerFactory.getLogger(RulesVerticle.class)).addAppender(seen);
        kafka.createTopic("tidelock.control", 1);
        vertx.deployVerticle(new RulesVerticle(rules(), Duration.ofHours(1), settings, "tidelock.control", () -> {}))
                .await();

        // When: it is said until heard
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Awaitility.await().atMost(GENEROUS).untilAsserted(() -> {
                for (var request : List.of("{\"v\":99}", "torn")) {
                    var _ = producer.send(new ProducerRecord<>("tidelock.control", request.getBytes(UTF_8)));
                }
                producer.flush();

                // Then
                assertThat(List.copyOf(seen.list))
                        .extracting(event -> event.getKeyValuePairs().toString())
                        .anySatisfy(pairs -> assertThat(pairs).contains("version 99, known is 1"))
                        .anySatisfy(pairs -> assertThat(pairs).contains("control"));
            });
        }
    }

    @Test
    void a_notification_that_the_rules_of_a_bucket_changed_makes_every_instance_read_them_at_once() {
        // Given
        kafka.createTopic("raw", 1);
        kafka.createTopic("tidelock.events", 2);
        kafka.createTopic("tidelock.dead-letters", 1);
        kafka.createTopic("tidelock.control", 1);
        var first = rules();
        var second = rules();
        for (var each : List.of(first, second)) {
            vertx.deployVerticle(new RulesVerticle(each, Duration.ofHours(1), settings, "tidelock.control", () -> {}))
                    .await();
        }
        vertx.deployVerticle(new IngestVerticle(
                        new IngestConfig(
                                settings,
                                "tidelock.events",
                                "tidelock.dead-letters",
                                "tidelock.control",
                                List.of(new Source(
                                        "aws",
                                        new Subscription.Topics(Set.of("raw")),
                                        "paris",
                                        SourceFormat.EVENTBRIDGE)),
                                Limits.DEFAULT),
                        IngestObserver.NONE,
                        InstantSource.system()))
                .await();
        var atFirst = List.of(first.rules(), second.rules());

        // When: an instance that is still starting does not hear what was said before, so it is said until heard
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            Awaitility.await()
                    .atMost(GENEROUS)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        var _ = producer.send(new ProducerRecord<>("raw", PUT.getBytes(UTF_8)));
                        producer.flush();

                        // Then
                        assertThat(first.rules()).isNotEqualTo(atFirst.getFirst());
                        assertThat(second.rules()).isNotEqualTo(atFirst.getLast());
                    });
        }
    }
}
