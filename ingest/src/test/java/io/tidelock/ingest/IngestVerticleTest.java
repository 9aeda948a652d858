package io.tidelock.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.domain.ObjectKey;
import io.tidelock.ingest.IngestConfig.Source;
import io.tidelock.ingest.decode.IgnoredReason;
import io.tidelock.ingest.decode.SourceFormat;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.LoopSettings.Limits;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From raw topics to events and dead letters, through a real broker. */
final class IngestVerticleTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int PARTITIONS = 5;

    private final SandboxKafka kafka = new SandboxKafka();
    private final Vertx vertx = Vertx.vertx();
    private final Counts counts = new Counts();

    private static final class Counts implements IngestObserver {
        private final Map<String, Integer> all = new ConcurrentHashMap<>();

        @Override
        public void decoded(String source, int events) {
            all.merge(source + " decoded", events, Integer::sum);
        }

        @Override
        public void ignored(String source, IgnoredReason reason) {
            all.merge(source + " ignored " + reason, 1, Integer::sum);
        }

        @Override
        public void deadLetter(String source, String reason) {
            all.merge(source + " dead " + reason, 1, Integer::sum);
        }
    }

    @BeforeEach
    void start() {
        kafka.start();
        for (var topic : List.of("aws-raw", "ceph-raw", "minio-raw")) {
            kafka.createTopic(topic, 3);
        }
        kafka.createTopic("tidelock.events", PARTITIONS);
        kafka.createTopic("tidelock.dead-letters", 2);
        kafka.createTopic("tidelock.control", 1);
    }

    @AfterEach
    void stop() throws ExecutionException, InterruptedException, TimeoutException {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        kafka.close();
    }

    private IngestVerticle deploy(Source... sources) throws ExecutionException, InterruptedException {
        var config = new IngestConfig(
                new KafkaSettings(kafka.bootstrapServers(), Map.of(), "test"),
                "tidelock.events",
                "tidelock.dead-letters",
                "tidelock.control",
                List.of(sources),
                Limits.DEFAULT);
        var verticle = new IngestVerticle(config, counts, InstantSource.system());
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().get();
        return verticle;
    }

    private static Source source(String name, SourceFormat format) {
        return new Source(name, new Subscription.Topics(Set.of(name + "-raw")), "store-" + name, format);
    }

    private void write(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        var properties = Map.<String, Object>of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "linger.ms",
                5,
                "max.in.flight.requests.per.connection",
                1,
                "compression.type",
                "gzip",
                "max.request.size",
                16 << 20);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        }
    }

    private static byte[] sample(String name) {
        try (var in = IngestVerticleTest.class.getResourceAsStream("/events/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static ObjectKey key(ConsumerRecord<byte[], byte[]> record) {
        return ((EventCodec.Event) EventCodec.decode(record.value())).event().object();
    }

    @Test
    void each_source_is_read_in_its_own_format_and_keyed_by_store_bucket_and_key() throws Exception {
        // Given
        write(List.of(
                new ProducerRecord<>("aws-raw", sample("aws-put.json")),
                new ProducerRecord<>("aws-raw", sample("aws-test-event.json")),
                new ProducerRecord<>("aws-raw", sample("aws-sqs-batch.json")),
                new ProducerRecord<>("ceph-raw", sample("ceph-04-put-v1-tags-meta.json")),
                new ProducerRecord<>("minio-raw", "photos/dir/a b+ü.jpg".getBytes(UTF_8), sample("minio-put.json"))));
        // When
        var verticle = deploy(
                source("aws", SourceFormat.S3), source("ceph", SourceFormat.CEPH), source("minio", SourceFormat.MINIO));
        await().atMost(LONG).until(() -> kafka.records("tidelock.events").size() == 5);
        // Then
        var records = kafka.records("tidelock.events");
        assertThat(records.stream().map(record -> new String(record.key(), UTF_8)))
                .containsExactlyInAnyOrder(
                        "store-aws/photos/red flower.jpg",
                        "store-aws/photos/one",
                        "store-aws/photos/two",
                        "store-ceph/ev6/dir/ä b+c&.txt",
                        "store-minio/photos/dir/a b+ü.jpg");
        assertThat(records).allSatisfy(record -> {
            assertThat(new String(record.key(), UTF_8)).isEqualTo(key(record).recordKey());
            assertThat(record.partition()).isEqualTo(Utils.toPositive(Utils.murmur2(record.key())) % PARTITIONS);
            assertThat(header(record, "tidelock-origin")).matches("(aws|ceph|minio) (aws|ceph|minio)-raw-[0-2]@[0-9]+");
        });
        var dead = kafka.records("tidelock.dead-letters");
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().value()).isEqualTo(sample("aws-sqs-batch.json"));
        assertThat(header(dead.getFirst(), DeadLetters.DETAIL)).startsWith("$.Messages[3] NOT_JSON");
        assertThat(new TreeMap<>(counts.all))
                .isEqualTo(Map.of(
                        "aws decoded", 3,
                        "aws dead NOT_JSON", 1,
                        "aws ignored TEST_EVENT", 2,
                        "ceph decoded", 1,
                        "minio decoded", 1));
        await().atMost(LONG).until(() -> verticle.states().values().stream().allMatch(state -> state.isHealthy()));
    }

    @Test
    void malformed_records_among_good_ones_all_become_dead_letters_and_nothing_else_does() throws Exception {
        // Given
        var seed = 42L;
        var random = new Random(seed);
        var good = new HashMap<String, Integer>();
        var bad = new ArrayList<byte[]>();
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = 0; i < 10_200; i++) {
            if (i % 51 == 50) {
                var hostile = hostile(bad.size(), random);
                bad.add(hostile);
                records.add(new ProducerRecord<>("aws-raw", i % 3, null, hostile));
            } else {
                good.merge("key " + i, 1, Integer::sum);
                records.add(new ProducerRecord<>(
                        "aws-raw",
                        i % 3,
                        null,
                        new String(sample("aws-put.json"), UTF_8)
                                .replace("red+flower.jpg", "key+" + i)
                                .getBytes(UTF_8)));
            }
        }
        // When
        deploy(source("aws", SourceFormat.S3));
        write(records);
        await().atMost(LONG).until(() -> kafka.records("tidelock.events").size() >= 10_000);
        await().atMost(LONG).until(() -> kafka.records("tidelock.dead-letters").size() >= 200);
        // Then
        var events = new HashMap<String, Integer>();
        kafka.records("tidelock.events")
                .forEach(record -> events.merge(key(record).key(), 1, Integer::sum));
        assertThat(events).as("seed %d", seed).isEqualTo(good);
        var dead = kafka.records("tidelock.dead-letters");
        assertThat(dead).hasSize(200);
        assertThat(dead.stream().map(ConsumerRecord::value).map(Arrays::toString))
                .containsExactlyInAnyOrderElementsOf(
                        bad.stream().map(Arrays::toString).toList());
        assertThat(dead).allSatisfy(record -> {
            assertThat(header(record, DeadLetters.READER)).isEqualTo("aws");
            assertThat(header(record, DeadLetters.TOPIC)).isEqualTo("aws-raw");
        });
    }

    private static byte[] hostile(int number, Random random) {
        var sample = sample("aws-put.json");
        return switch (number % 8) {
            case 0 -> Arrays.copyOf(sample, 1 + random.nextInt(sample.length - 3));
            case 1 -> ("[".repeat(10_000) + number).getBytes(UTF_8);
            case 2 ->
                new String(sample, UTF_8)
                        .replace("red+flower.jpg", "%zz" + number)
                        .getBytes(UTF_8);
            case 3 ->
                new String(sample, UTF_8)
                        .replace("red+flower.jpg", "x".repeat(2_000) + number)
                        .getBytes(UTF_8);
            case 4 -> new String(sample, UTF_8).replace("2.1", "3." + number).getBytes(UTF_8);
            case 5 -> ("{\"Records\":[{\"eventName\":{\"a\":" + number + "}}]}").getBytes(UTF_8);
            case 6 -> ("\u0000\u0001" + number).getBytes(UTF_8);
            default ->
                new String(sample, UTF_8)
                        .replace("aws:s3", "ceph:s3")
                        .replace("red", "r" + number)
                        .getBytes(UTF_8);
        };
    }

    @Test
    void a_record_far_larger_than_a_dead_letter_may_be_is_kept_in_pieces() throws Exception {
        // Given
        var huge = new byte[6 << 20];
        Arrays.fill(huge, (byte) ' ');
        write(List.of(
                new ProducerRecord<>("aws-raw", 0, null, huge),
                new ProducerRecord<>("aws-raw", 0, null, sample("aws-put.json"))));
        // When
        deploy(source("aws", SourceFormat.S3));
        await().atMost(LONG).until(() -> kafka.records("tidelock.events").size() == 1);
        // Then
        var pieces = kafka.records("tidelock.dead-letters");
        assertThat(pieces).hasSize(9);
        assertThat(pieces.stream().map(ConsumerRecord::partition).distinct()).hasSize(1);
        assertThat(pieces.stream().map(piece -> header(piece, DeadLetters.CHUNK)))
                .containsExactly("1/9", "2/9", "3/9", "4/9", "5/9", "6/9", "7/9", "8/9", "9/9");
        assertThat(pieces.stream().mapToInt(piece -> piece.value().length).sum())
                .isEqualTo(huge.length + 1 + 4 + 4 + 4);
    }

    @Test
    void stopping_leaves_everything_committed_and_nothing_is_read_twice() throws Exception {
        // Given
        write(List.of(new ProducerRecord<>("aws-raw", sample("aws-put.json"))));
        deploy(source("aws", SourceFormat.S3));
        await().atMost(LONG).until(() -> kafka.records("tidelock.events").size() == 1);
        // When
        for (var id : vertx.deploymentIDs()) {
            vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        write(List.of(new ProducerRecord<>("aws-raw", sample("aws-tagging.json"))));
        deploy(source("aws", SourceFormat.S3));
        await().atMost(LONG).until(() -> kafka.records("tidelock.events").size() >= 2);
        // Then
        assertThat(kafka.records("tidelock.events")).hasSize(2);
        assertThat(counts.all).containsEntry("aws decoded", 2);
    }
}
