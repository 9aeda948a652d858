package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.SandboxTraffic;
import io.tidelock.deploy.service.Service;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.Versioning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock explain} and {@code tidelock plan} say of a sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Path directory;
    private Sandbox sandbox;
    private Path file;
    private TidelockConfig config;
    private SandboxTraffic traffic;

    @BeforeAll
    void start(@TempDir Path place) throws IOException {
        directory = place;
        sandbox = TwoRegions.builder().start();
        file = SandboxConfig.write(sandbox, directory, yaml -> yaml.replace("Filter: {}", "Filter: {Prefix: cats/}"));
        config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
        traffic = new SandboxTraffic(Wiring.stores(config));
    }

    @AfterAll
    void close() {
        traffic.stores().values().forEach(ObjectStore::close);
        sandbox.close();
    }

    private Answer explain(String... more) {
        var arguments = new String[3 + more.length];
        System.arraycopy(new String[] {"explain", "--config", file.toString()}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Answer.to(arguments);
    }

    private static JsonNode json(Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.out());
    }

    @Test
    void an_object_that_was_not_replicated_yet_would_be_and_nothing_is_written() {
        // Given
        traffic.put("cats/new.txt", "meow");

        // When
        var answer = explain("photos", "cats/new.txt");

        // Then
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        assertThat(answer.out())
                .contains("source       paris/photos/cats/new.txt", "4 bytes  STANDARD")
                .contains("matches  everything: the key begins with its prefix \"cats/\"")
                .contains("destination  frankfurt/photos-replica/cats/new.txt", "holds nothing")
                .contains("rule everything would replicate: ", "-> copies version ", "(4 bytes, SseKms");
        assertThat(traffic.replica("cats/new.txt")).isInstanceOf(HeadAnswer.Missing.class);
    }

    @Test
    void a_bucket_whose_rules_cannot_be_used_is_told_of_and_holds_up_no_other() throws IOException {
        // Given
        traffic.put("cats/other.txt", "meow");
        var two = Files.createDirectory(directory.resolve("two"));
        var films = """
              - source: {store: paris, bucket: films}
                destinations: {films-replica: frankfurt}
                fromBucket: true
            """;
        SandboxConfig.write(sandbox, two, yaml -> yaml.replace("http: {", films + "http: {"));

        // When
        var answer =
                Answer.to("explain", "--config", two.resolve("tidelock.yaml").toString(), "photos", "cats/other.txt");

        // Then
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        assertThat(answer.out()).contains("source       paris/photos/cats/other.txt");
        assertThat(answer.err()).startsWith("tidelock: leaving out paris/films: ");
    }

    @Test
    void a_key_cannot_steer_the_terminal_and_json_has_it_exactly() throws IOException {
        // Given
        var key = "cats/\u001b]0;owned\u0007\u202e\u2028.txt";
        traffic.put(key, "meow");

        // When
        var table = explain("photos", key).out();
        var machine = json(explain("photos", key, "--json"));

        // Then
        assertThat(table)
                .contains("source       paris/photos/cats/?]0;owned???.txt")
                .doesNotContain("\u001b");
        assertThat(machine.toString()).contains("owned\\u0007");
    }

    @Test
    void what_was_done_is_told_from_the_outcomes() throws Exception {
        // Given
        var service = Service.start(config);
        traffic.put("cats/done.txt", "meow");
        await().atMost(LIMIT).until(() -> traffic.replica("cats/done.txt") instanceof HeadAnswer.Present);
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();

        // When
        var answer = explain("paris/photos", "cats/done.txt");
        var machine = json(explain("photos", "cats/done.txt", "--json"));

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out())
                .contains("would skip (ALREADY_REPLICATED): the destination holds this version")
                .contains("what was done", "rule everything: replicated version ");
        assertThat(machine.at("/destinations/0/answers/0/action").asText()).isEqualTo("skip");
        assertThat(machine.at("/destinations/0/answers/0/reason").asText()).isEqualTo("ALREADY_REPLICATED");
        assertThat(machine.at("/destinations/0/holds/versions")).hasSize(1);
        assertThat(machine.at("/history/outcomes/0/result").asText()).isEqualTo("replicated");
        assertThat(machine.at("/history/complete").asBoolean()).isTrue();
        assertThat(machine.at("/rules/0/matches").asBoolean()).isTrue();
    }

    @Test
    void an_outcome_that_a_newer_tidelock_wrote_is_not_passed_over_in_silence() throws Exception {
        // Given
        Service.start(config).stop(Service.STOP_DEADLINE); // makes the topics
        traffic.put("cats/newer.txt", "meow");
        var object = new ObjectKey(new Bucket("paris", "photos"), "cats/newer.txt");
        var settings =
                Map.<String, Object>of("bootstrap.servers", sandbox.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            config.replicator().outcomesTopic(),
                            object.recordKey().getBytes(StandardCharsets.UTF_8),
                            "{\"v\":99}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        // When
        var answer = explain("photos", "cats/newer.txt");
        var machine = json(explain("photos", "cats/newer.txt", "--json"));

        // Then
        assertThat(answer.out()).contains("unknown: an outcome of a newer Tidelock: v is 99");
        assertThat(machine.at("/history/problem").asText()).contains("newer Tidelock");
        assertThat(machine.at("/history/complete").asBoolean()).isFalse();
    }

    @Test
    void a_rule_that_does_not_match_says_why() {
        // Given
        traffic.put("dogs/1.txt", "woof");

        // When
        var answer = explain("photos", "dogs/1.txt");

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out())
                .contains("no       everything: the key does not begin with its prefix \"cats/\"")
                .doesNotContain("destination ");
    }

    @Test
    void an_older_version_and_a_marker_are_decided_about_by_their_ids() throws IOException {
        // Given
        traffic.put("cats/gone.txt", "meow");
        traffic.delete("cats/gone.txt");
        var versions = json(explain("photos", "cats/gone.txt", "--json")).at("/source/versions");

        // When
        var marker = explain("photos", "cats/gone.txt");
        var version =
                explain("photos", "cats/gone.txt", versions.get(1).path("id").asText());
        var unknown = explain("photos", "cats/gone.txt", "no-such-version");

        // Then
        assertThat(versions.get(0).path("deleteMarker").asBoolean()).isTrue();
        assertThat(marker.out())
                .contains("ObjectRemoved:DeleteMarkerCreated", "delete marker", "would replicate-first");
        assertThat(version.out()).contains("ObjectCreated:Put", "would replicate: ");
        assertThat(unknown.out()).contains("the source holds no such version to decide about");
    }

    @Test
    void what_would_fail_needs_a_person_and_says_the_remedy() {
        // Given
        traffic.put("cats/stuck.txt", "meow");
        sandbox.bucket(TwoRegions.DESTINATION_BUCKET).setVersioning(Versioning.SUSPENDED);

        // When
        var answer = explain("photos", "cats/stuck.txt");
        sandbox.bucket(TwoRegions.DESTINATION_BUCKET).setVersioning(Versioning.ENABLED);

        // Then
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out())
                .contains("would fail (DstBucketUnversioned)", "-> enable versioning on the destination bucket");
    }

    @Test
    void a_bucket_that_is_no_source_is_an_error_that_names_the_sources() {
        // When
        var answer = explain("photos-replica", "cats/1.txt");

        // Then
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains("BUCKET photos-replica: is no source bucket of the configuration; it has paris/photos");
    }

    @Test
    void a_notification_is_planned_without_doing_anything() throws Exception {
        // Given
        traffic.put("cats/planned.txt", "meow");
        await().atMost(LIMIT).until(() -> sandbox.notifications().awaitDelivered(LIMIT));
        var notification = sandbox.kafka().records(TwoRegions.EVENTS_TOPIC).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .filter(value -> value.contains("planned.txt"))
                .findFirst()
                .orElseThrow();
        var event = Files.writeString(directory.resolve("event.json"), notification);

        // When
        var people = Answer.to("plan", "--config", file.toString(), "--event", event.toString());
        var machine = Answer.to("plan", "--config", file.toString(), "--event", event.toString(), "--json");

        // Then
        assertThat(people.exitCode()).as(people.err()).isEqualTo(0);
        assertThat(people.out())
                .contains("ObjectCreated:Put of paris/photos/cats/planned.txt", "rule everything would replicate")
                .doesNotContain("what was done");
        assertThat(json(machine).at("/0/destinations/0/answers/0/action").asText())
                .isEqualTo("replicate");
        assertThat(json(machine).at("/0/event/type").asText()).isEqualTo("created");
        assertThat(traffic.replica("cats/planned.txt")).isInstanceOf(HeadAnswer.Missing.class);
    }

    @Test
    void a_job_that_asks_another_rule_leads_to_nothing_here_as_in_the_replicator() throws Exception {
        // Given
        var key = new ObjectKey(new Bucket("paris", TwoRegions.SOURCE_BUCKET), "cats/asked.txt");
        var another = jobEvent(key, "another");
        var everything = jobEvent(key, "everything");

        // When
        var other = Answer.to("plan", "--config", file.toString(), "--event", another.toString(), "--json");
        var asked = Answer.to("plan", "--config", file.toString(), "--event", everything.toString(), "--json");

        // Then
        assertThat(json(other).at("/0/destinations").size()).as(other.out()).isZero();
        assertThat(json(asked).at("/0/destinations").size()).as(asked.out()).isEqualTo(1);
    }

    private Path jobEvent(ObjectKey key, String rule) throws IOException {
        var occurrence = new Occurrence(
                key,
                new VersionId("v1"),
                Instant.EPOCH,
                null,
                null,
                "ObjectCreated:Put",
                Cause.JOB,
                new Look(rule, Look.Purpose.RESYNC));
        return Files.write(
                directory.resolve(rule + ".json"),
                EventCodec.encode(new BucketEvent.ObjectCreated(occurrence, 4L, null)));
    }

    @Test
    void a_file_without_an_event_is_an_error_that_says_why() throws IOException {
        // Given
        var garbage = Files.writeString(directory.resolve("garbage.json"), "{\"a\":1}");

        // When
        var wrong = Answer.to("plan", "--config", file.toString(), "--event", garbage.toString());
        var missing = Answer.to("plan", "--config", file.toString(), "--event", "no/such.json");
        var source = Answer.to("plan", "--config", file.toString(), "--event", garbage.toString(), "--source", "x");

        // Then
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("is no notification of the source paris-events", "no envelope that is known");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("--event no/such.json: there is no such file");
        assertThat(source.exitCode()).isEqualTo(1);
        assertThat(source.err()).contains("--source: name one of [paris-events]");
    }
}
