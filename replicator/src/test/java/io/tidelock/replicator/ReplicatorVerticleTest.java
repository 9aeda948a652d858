package io.tidelock.replicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.IngestObserver;
import io.tidelock.ingest.IngestVerticle;
import io.tidelock.ingest.decode.SourceFormat;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.LoopSettings.Limits;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.execute.Endpoint;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.s3.S3Credentials;
import io.tidelock.replicator.store.s3.S3ObjectStore;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.Vendor;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way: changes of a bucket, notifications in Kafka, ingest, replicator, another region and account. */
class ReplicatorVerticleTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int OBJECTS = 40;
    private static final int LARGE = 17 << 20;
    private static final int PART = 6 << 20;
    private static final List<String> OF_PARTS = List.of("CRC32", "CRC32C", "SHA1", "SHA256");

    private static Sandbox sandbox;
    private static Vertx vertx;
    private static ObjectStore paris;
    private static ObjectStore reader;
    private static final Bucket SOURCE = new Bucket(TwoRegions.PARIS, TwoRegions.SOURCE_BUCKET);
    private static final Bucket DESTINATION = new Bucket(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_BUCKET);

    @BeforeAll
    static void start() {
        sandbox = Sandbox.twoRegions();
        for (var topic : List.of(
                "tidelock.events",
                "tidelock.outcomes",
                "tidelock.parked",
                "tidelock.dead-letters",
                "tidelock.uploads")) {
            sandbox.kafka().createTopic(topic, 4);
        }
        paris = store(TwoRegions.PARIS, key(TwoRegions.SOURCE_ACCOUNT));
        reader = store(TwoRegions.FRANKFURT, key(TwoRegions.DESTINATION_ACCOUNT));
        vertx = Vertx.vertx();
        var kafka = new KafkaSettings(sandbox.kafka().bootstrapServers(), Map.of(), "test");
        var source = new IngestConfig.Source(
                "paris-events",
                new Subscription.Topics(Set.of(TwoRegions.EVENTS_TOPIC)),
                TwoRegions.PARIS,
                SourceFormat.S3);
        var ingest = new IngestConfig(
                kafka, "tidelock.events", "tidelock.dead-letters", "tidelock.control", List.of(source), Limits.DEFAULT);
        vertx.deployVerticle(new IngestVerticle(ingest, IngestObserver.NONE, InstantSource.system()))
                .await();
        vertx.deployVerticle(replicator(kafka)).await();
    }

    private static ReplicatorVerticle replicator(KafkaSettings kafka) {
        var role = new S3Credentials.AssumeRole(
                TwoRegions.WRITER_ROLE_ARN,
                TwoRegions.EXTERNAL_ID,
                sandbox.region(TwoRegions.FRANKFURT).endpoint(),
                key(TwoRegions.SOURCE_ACCOUNT));
        var endpoints = new Endpoints(List.of(
                new Endpoint(
                        TwoRegions.PARIS,
                        store(TwoRegions.PARIS, key(TwoRegions.SOURCE_ACCOUNT)),
                        TwoRegions.SOURCE_ACCOUNT),
                new Endpoint(TwoRegions.FRANKFURT, store(TwoRegions.FRANKFURT, role), TwoRegions.DESTINATION_ACCOUNT)));
        var rule = new ReplicationRule(
                "photos",
                SchemaVersion.V2,
                1,
                true,
                new RuleFilter.Everything(),
                new RuleDestination(
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.DESTINATION_ACCOUNT,
                        null,
                        TwoRegions.DESTINATION_KEY_ARN,
                        true,
                        false,
                        false),
                true,
                true,
                false);
        var book = new RuleBook(List.of(new BucketRules(
                SOURCE,
                List.of(rule),
                Map.of(TwoRegions.DESTINATION_BUCKET, Place.in(TwoRegions.FRANKFURT)),
                History.FULL)));
        MarkKeys keys = TwoSides.KEYS;
        return new ReplicatorVerticle(
                ReplicatorConfig.DEFAULT,
                kafka,
                () -> book,
                keys,
                endpoints,
                Budgets.NONE,
                new InFlightLedger(),
                InstantSource.system(),
                new Random());
    }

    private static S3Credentials key(String account) {
        var key = sandbox.keyOf(account);
        return new S3Credentials.Static(key.id(), key.secret());
    }

    private static ObjectStore store(String region, S3Credentials credentials) {
        var place = sandbox.region(region);
        return new S3ObjectStore(S3Settings.of(region, Vendor.GENERIC, place.region(), place.endpoint(), credentials));
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        paris.close();
        reader.close();
        sandbox.close();
    }

    private static void put(String key, int size, Encryption encryption, Map<String, String> tags) {
        var bytes = bytes(key, size);
        paris.put(
                new ReplicaWrite(
                        new ObjectKey(SOURCE, key),
                        size,
                        new ContentHeaders("text/x-" + size, null, null, "fr", "no-cache", null, null),
                        Map.of("made-by", "a test"),
                        tags,
                        null,
                        encryption,
                        AclWrite.DEFAULT,
                        null,
                        ObjectLock.NONE,
                        new Precondition.Anything()),
                new ByteArrayInputStream(bytes));
    }

    /** In parts that are none of Tidelock's own size, hashed one by one. */
    private static void upload(String key, int size, String algorithm) {
        var write = new ReplicaWrite(
                new ObjectKey(SOURCE, key),
                size,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.SseS3(),
                AclWrite.DEFAULT,
                new Checksum(algorithm, "", true),
                ObjectLock.NONE,
                new Precondition.Anything());
        var body = new ByteArrayInputStream(bytes(key, size));
        var upload = paris.startUpload(write);
        var parts = new ArrayList<Multipart.Part>();
        for (var left = size; left > 0; left -= PART) {
            parts.add(paris.uploadPart(upload, parts.size() + 1, body, Math.min(left, PART)));
        }
        paris.completeUpload(upload, parts);
    }

    private static byte[] bytes(String key, int size) {
        var bytes = new byte[size];
        new Random(key.hashCode() + size).nextBytes(bytes);
        return bytes;
    }

    private static List<Outcome> outcomes() {
        return sandbox.kafka().records("tidelock.outcomes").stream()
                .map(record -> ((OutcomeCodec.Read) OutcomeCodec.decode(record.value())).outcome())
                .toList();
    }

    @Test
    void every_change_of_a_bucket_arrives_in_another_region_and_account() throws IOException {
        // Given
        var kms = new Encryption.SseKms(TwoRegions.SOURCE_KEY_ARN, false, false);
        var changes = 0;

        // When
        for (var i = 0; i < OBJECTS; i++) {
            var key = "dir %d/é+%d".formatted(i % 3, i);
            put(key, i == 7 ? LARGE : i * 97, i % 5 == 0 ? kms : new Encryption.None(), Map.of("n", "" + i));
            changes++;
            if (i % 4 == 0) {
                put(key, i + 1, new Encryption.SseS3(), Map.of());
                changes++;
            }
            if (i % 6 == 0) {
                paris.putDeleteMarker(new ObjectKey(SOURCE, key));
                changes++;
            }
        }
        for (var algorithm : OF_PARTS) {
            upload("large parts/" + algorithm, LARGE, algorithm);
            upload("small parts/" + algorithm, PART + 9, algorithm);
            upload("one part/" + algorithm, 9, algorithm);
        }
        var expected = changes + 3 * OF_PARTS.size();
        await().atMost(PATIENCE).until(() -> outcomes().size() >= expected);

        // Then
        assertThat(outcomes().stream().filter(Outcome.Failed.class::isInstance)).isEmpty();
        assertThat(outcomes())
                .hasSize(expected)
                .extracting(outcome -> outcome.operation().id())
                .doesNotHaveDuplicates();
        for (var i = 0; i < OBJECTS; i++) {
            same("dir %d/é+%d".formatted(i % 3, i));
        }
        for (var algorithm : OF_PARTS) {
            assertThat(List.of("large parts/", "small parts/", "one part/"))
                    .extracting(place -> checksum(place + algorithm))
                    .extracting(Checksum::algorithm, Checksum::composite)
                    .containsOnly(tuple(algorithm, true));
            same("large parts/" + algorithm);
            same("small parts/" + algorithm);
            same("one part/" + algorithm);
        }
    }

    private static Checksum checksum(String key) {
        return requireNonNull(((HeadAnswer.Present) paris.head(new ObjectKey(SOURCE, key)))
                .head()
                .checksum());
    }

    private static void same(String key) throws IOException {
        var originals = paris.stack(new ObjectKey(SOURCE, key)).layers();
        var replicas = reader.stack(new ObjectKey(DESTINATION, key)).layers();
        assertThat(replicas).as(key).hasSameSizeAs(originals);
        for (var i = 0; i < originals.size(); i++) {
            same(key, originals.get(i), replicas.get(i));
        }
    }

    private static void same(String key, Layer original, Layer replica) throws IOException {
        assertThat(replica.getClass()).as(key).isEqualTo(original.getClass());
        if (original instanceof DataVersion) {
            var from = new ObjectVersion(new ObjectKey(SOURCE, key), original.id());
            var to = new ObjectVersion(new ObjectKey(DESTINATION, key), replica.id());
            var before = ((HeadAnswer.Present) paris.head(from)).head();
            var after = ((HeadAnswer.Present) reader.head(to)).head();
            assertThat(bytes(reader, to)).as(key).isEqualTo(bytes(paris, from));
            assertThat(after.content()).isEqualTo(before.content());
            var checksum = before.checksum();
            if (checksum != null && checksum.composite()) {
                assertThat(after.checksum()).as(key).isEqualTo(checksum);
            }
            assertThat(after.userMetadata())
                    .containsAllEntriesOf(before.userMetadata())
                    .hasSize(before.userMetadata().size() + 1);
            assertThat(reader.tags(to)).isEqualTo(paris.tags(from));
            assertThat(reader.owner(to)).isNotEqualTo(paris.owner(from));
            if (before.encryption() instanceof Encryption.SseKms) {
                assertThat(((Encryption.SseKms) after.encryption()).keyArn()).isEqualTo(TwoRegions.DESTINATION_KEY_ARN);
            }
        }
    }

    private static byte[] bytes(ObjectStore store, ObjectVersion version) throws IOException {
        try (var object = store.open(version, null, null)) {
            return object.body().readAllBytes();
        }
    }

    @Test
    void what_is_no_event_goes_to_the_dead_letters_as_it_was() {
        // Given
        var hostile = "{\"v\":1,\"type\":\"created\"}".getBytes(UTF_8);

        // When
        vertx.<Void>executeBlocking(() -> {
                    send(hostile);
                    return null;
                })
                .await();

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sandbox.kafka().records("tidelock.dead-letters"))
                        .anySatisfy(record -> assertThat(record.value()).isEqualTo(hostile)));
    }

    private static void send(byte[] value) throws Exception {
        var settings =
                Map.<String, Object>of("bootstrap.servers", sandbox.kafka().bootstrapServers());
        var bytes = new org.apache.kafka.common.serialization.ByteArraySerializer();
        try (var producer = new org.apache.kafka.clients.producer.KafkaProducer<>(settings, bytes, bytes)) {
            producer.send(new org.apache.kafka.clients.producer.ProducerRecord<>("tidelock.events", value))
                    .get();
        }
    }
}
