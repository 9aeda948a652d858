package io.tidelock.deploy.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.domain.Bucket;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.job.Sweep;
import io.tidelock.replicator.job.SweepJob;
import io.tidelock.replicator.job.SweepSettings;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.document.Leniency;
import io.tidelock.replicator.rule.document.RuleDocument;
import io.tidelock.replicator.rule.document.RuleDocuments;
import io.tidelock.replicator.store.s3.S3Credentials;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.Vendor;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepVerticleTest {
    private static final Duration GENEROUS = Duration.ofMinutes(2);
    private static final BucketRules RULES = new BucketRules(
            new Bucket("paris", "photos"),
            ((RuleDocument.Parsed) RuleDocuments.fromXml("""
                            <ReplicationConfiguration><Role>r</Role><Rule><ID>one</ID><Status>Enabled</Status><Prefix></Prefix>
                            <Destination><Bucket>arn:aws:s3:::replicas</Bucket></Destination></Rule></ReplicationConfiguration>
                            """, Leniency.NONE)).rules(),
            Map.of("replicas", Place.in("frankfurt")),
            History.FULL);
    private static final String JOB = new SweepJob(RULES, RULES.rules().getFirst()).name();

    private static final S3Settings STORE = S3Settings.of(
            "paris", Vendor.GENERIC, "eu-west-3", URI.create("http://localhost:1"), new S3Credentials.DefaultChain());

    private final Vertx vertx = Vertx.vertx();

    /** A minute passes each time that it is looked at. */
    private final AtomicInteger minutes = new AtomicInteger();

    private final InstantSource clock = () -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.incrementAndGet()));

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private SweepVerticle verticle(String bootstrapServers, Predicate<String> isMine) {
        var settings = new SweepSettings(Duration.ofHours(1), 1, Duration.ZERO, Optional.empty(), Set.of());
        return new SweepVerticle(
                new Sweep(settings, "events", "jobs"),
                1,
                new KafkaSettings(bootstrapServers, Map.of(), "one"),
                "jobs",
                Map.of("paris", STORE),
                new Budgets(Map.of(), Map.of()),
                () -> List.of(RULES),
                isMine,
                clock);
    }

    @Test
    void an_error_is_named_by_health_and_the_sweep_goes_on() {
        // Given
        var turns = new AtomicInteger();
        var sweep = verticle("localhost:1", _ -> {
            if (turns.incrementAndGet() < 3) {
                throw new OutOfMemoryError("a key of very many versions");
            }
            return turns.get() > 1_000;
        });

        // When
        vertx.deployVerticle(sweep).await();

        // Then
        await().atMost(GENEROUS).until(() -> !sweep.condition().ok());
        assertThat(sweep.condition().reason()).contains(JOB, "OutOfMemoryError: a key of very many versions");
        await().atMost(GENEROUS).until(() -> sweep.condition().ok());
    }

    @Test
    void a_record_that_cannot_be_read_is_named_by_health_and_not_written_over_until_somebody_removed_it()
            throws Exception {
        try (var kafka = new SandboxKafka().start();
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            // Given
            kafka.createTopic("jobs", 1);
            var key = JOB.getBytes(UTF_8);
            producer.send(new ProducerRecord<>("jobs", key, "torn".getBytes(UTF_8)))
                    .get();
            var sweep = verticle(kafka.bootstrapServers(), _ -> true);

            // When
            vertx.deployVerticle(sweep).await();

            // Then
            await().atMost(GENEROUS).until(() -> !sweep.condition().ok());
            assertThat(sweep.condition().reason()).contains(JOB, "how far the sweep has come cannot be read");
            assertThat(kafka.records("jobs")).hasSize(1);

            // When
            producer.send(new ProducerRecord<>("jobs", key, null)).get();

            // Then
            await().atMost(GENEROUS).until(() -> sweep.condition().ok());
        }
    }
}
