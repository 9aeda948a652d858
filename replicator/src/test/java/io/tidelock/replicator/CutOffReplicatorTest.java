package io.tidelock.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.execute.Endpoint;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreHook.Moment;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance that is cut off from Kafka but not from its stores, with a PUT on the wire that arrives long after another instance has taken over. */
@Tag("big")
class CutOffReplicatorTest {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong clockMillis = new AtomicLong();
    private final TwoSides sides = new TwoSides(() -> BEGIN.plusMillis(clockMillis.incrementAndGet()));
    private final SandboxKafka kafka = new SandboxKafka(1).start();
    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch onTheWire = new CountDownLatch(1);
    private final CountDownLatch arriving = new CountDownLatch(1);

    @AfterEach
    void close() {
        arriving.countDown();
        vertx.close().await();
        kafka.close();
    }

    private void deploy(String instance, String bootstrapServers) {
        var endpoints = new Endpoints(
                List.of(new Endpoint("paris", sides.source, null), new Endpoint("frankfurt", sides.destination, null)));
        var book = new RuleBook(List.of(new BucketRules(
                sides.originals, List.of(sides.rule), Map.of("replicas", Place.in("frankfurt")), History.FULL)));
        vertx.deployVerticle(new ReplicatorVerticle(
                        ReplicatorConfig.DEFAULT,
                        new KafkaSettings(bootstrapServers, Map.of("session.timeout.ms", "6000"), instance),
                        () -> book,
                        TwoSides.KEYS,
                        endpoints,
                        Budgets.NONE,
                        new InFlightLedger(),
                        sides.clock,
                        new Random(1)))
                .await();
    }

    private void send(BucketEvent event) throws Exception {
        var record = EventCodec.record("tidelock.events", event, List.of());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(record.topic(), record.key(), record.value()))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    private ObjectCreated put(String text, long sequencer) {
        var id = sides.source.world().put(sides.key, text.getBytes(UTF_8));
        return new ObjectCreated(
                sides.occurrence(id, sequencer, "ObjectCreated:Put", Cause.REQUEST), (long) text.length(), null);
    }

    /** The first PUT stays on the wire, whatever becomes of who sent it. */
    private void hangFirstPut() {
        var first = new AtomicBoolean(true);
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.MIDDLE && call == StoreCall.PutObject && first.getAndSet(false)) {
                onTheWire.countDown();
                awaitWhateverHappens();
            }
        });
    }

    /** What is on the wire cannot be called back. */
    private void awaitWhateverHappens() {
        while (arriving.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }

    private List<String> replicas() {
        return sides.destinationLayers().stream()
                .map(layer -> layer instanceof DataVersion
                        ? new String(
                                sides.destination.world().bytes(new ObjectVersion(sides.replica, layer.id())), UTF_8)
                        : "-")
                .toList();
    }

    private void takeOver() throws Exception {
        List.of("tidelock.events", "tidelock.outcomes", "tidelock.parked", "tidelock.dead-letters")
                .forEach(topic -> kafka.createTopic(topic, 1));
        kafka.createTopic("tidelock.uploads", 1, Map.of("cleanup.policy", "compact"));
        hangFirstPut();
        deploy("a", kafka.relay(0).bootstrapServers());
        send(put("ours", 1));
        assertThat(onTheWire.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        kafka.relay(0).cut();
        deploy("b", kafka.bootstrapServers());
        await().atMost(LONG).until(() -> replicas().equals(List.of("ours")));
    }

    private void arriveLateAndLookAgain() {
        await().atMost(LONG).until(() -> kafka.records("tidelock.events").size() == 3);
        arriving.countDown();
        await().atMost(LONG).until(() -> replicas().size() == 3);
        clockMillis.addAndGet(Duration.ofMinutes(10).toMillis());
        await().atMost(LONG).until(() -> kafka.records("tidelock.outcomes").size() == 3);
    }

    @Test
    void a_store_without_conditions_ends_with_the_newest_version_on_top() throws Exception {
        // Given
        sides.destination.ignoreConditions();
        takeOver();
        send(put("newer", 2));
        // When
        arriveLateAndLookAgain();
        // Then
        assertThat(replicas()).containsExactly("newer", "ours", "newer", "ours");
    }

    @Test
    void a_deleted_object_stays_deleted() throws Exception {
        // Given
        takeOver();
        send(sides.marker(sides.delete(), 2));
        // When
        arriveLateAndLookAgain();
        // Then
        assertThat(replicas()).containsExactly("-", "ours", "-", "ours");
    }
}
