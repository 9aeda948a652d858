package io.tidelock.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.letter.Redrive;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.SandboxTraffic;
import io.tidelock.deploy.service.Service;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed or could not be read, from its cause to its replica, by the commands that a person gives. */
class DeadLettersCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String NO_KEY =
            "arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-0000-0000-000000000000";
    private static final byte[] GARBAGE = {'{', 0x1b, '[', (byte) 0xff};

    @TempDir
    private Path directory;

    private Sandbox sandbox;
    private SandboxTraffic traffic;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.twoRegions();
        traffic = new SandboxTraffic(Wiring.stores(config("stores", yaml -> yaml)));
    }

    @AfterEach
    void close() {
        traffic.stores().values().forEach(ObjectStore::close);
        sandbox.close();
    }

    private Path file(String name, UnaryOperator<String> change) throws IOException {
        return SandboxConfig.write(sandbox, Files.createDirectories(directory.resolve(name)), change);
    }

    private TidelockConfig config(String name, UnaryOperator<String> change) throws IOException {
        return ((Loaded.Valid) new ConfigLoader(_ -> null).load(file(name, change))).config();
    }

    private static String wrongKey(String yaml) {
        return yaml.replace(TwoRegions.DESTINATION_KEY_ARN, NO_KEY);
    }

    private static String wrongFormat(String yaml) {
        return yaml.replace("{store: paris, topics:", "{store: paris, format: eventbridge, topics:");
    }

    private static Answer letters(String command, Path file, String... more) {
        var arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"dead-letters", command, "--config", file.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Answer.to(arguments);
    }

    private static JsonNode json(Answer answer) throws IOException {
        assertThat(answer.out()).as(answer.err()).isNotEmpty();
        return new ObjectMapper().readTree(answer.out());
    }

    private static void awaitWaiting(Path file, int count) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(json(letters("list", file, "--format", "json"))
                                .path("waiting")
                                .asInt())
                        .isEqualTo(count));
    }

    private long redrivenEvents() {
        return sandbox.kafka().records("tidelock.events").stream()
                .filter(record -> record.headers().lastHeader(Redrive.REDRIVEN) != null)
                .count();
    }

    private void awaitReplica(String key) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(traffic.replica(key)).isInstanceOf(HeadAnswer.Present.class));
    }

    @Test
    void what_failed_for_a_wrong_key_is_replicated_when_the_key_is_right_and_it_is_redriven() throws Exception {
        // Given
        var wrong = file("wrong", DeadLettersCommandTest::wrongKey);
        var right = file("right", yaml -> yaml);
        var failing = Service.start(config("wrong", DeadLettersCommandTest::wrongKey));
        traffic.put("cats/1", "one");
        traffic.put("dogs/1", "woof");
        awaitWaiting(wrong, 2);
        var list = letters("list", wrong);
        var catsOnly = json(letters("list", wrong, "--prefix", "cats/", "--since", "1h", "--format", "json"));
        assertThat(failing.stop(Service.STOP_DEADLINE)).isTrue();

        // When
        var id = catsOnly.path("letters").path(0).path("id").asText();
        var shown = json(letters("show", wrong, id, "--format", "json"));
        var counted = letters("redrive", right, "--dry-run");
        var absent = letters("redrive", right, id, "77@1", "0@999");
        var service = Service.start(config("right", yaml -> yaml));
        var cats = letters("redrive", right, "--prefix", "cats/", "--reason", "DstKmsKeyNotFound");
        awaitReplica("cats/1");
        var rest = json(letters("redrive", right, "--format", "json"));
        awaitReplica("dogs/1");
        var again = letters("redrive", right);

        // Then
        assertThat(list.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(list.out())
                .contains("2  DstKmsKeyNotFound", "-> name an existing key", "paris/photos/cats/1 (rule everything)");
        assertThat(catsOnly.path("waiting").asInt()).isEqualTo(1);
        assertThat(shown.path("objects").path(0).asText()).isEqualTo("paris/photos/cats/1");
        assertThat(shown.path("readAt").asText()).startsWith("tidelock.events-");
        assertThat(shown.path("value").path("text").asText()).contains("\"key\":\"cats/1\"");
        assertThat(counted.out()).contains("2 dead letters to redrive, 2 events");
        assertThat(absent.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(absent.err()).contains("ID 0@999, 77@1: there is no such dead letter");
        assertThat(cats.out()).contains("1 dead letter redriven, 1 event");
        assertThat(rest.path("redriven").asInt()).isEqualTo(1);
        assertThat(rest.path("redrivenBefore").asInt()).isEqualTo(1);
        assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(again.out()).contains("0 dead letters redriven, 0 events", "2 were redriven before");
        assertThat(redrivenEvents()).isEqualTo(2);
        assertThat(letters("list", right).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(traffic.versionsAtDestination("cats/1")).isEqualTo(1);
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
    }

    @Test
    void unreadable_records_are_kept_to_the_byte_and_read_again_when_their_source_is_configured_right()
            throws Exception {
        // Given
        var wrong = file("wrong", DeadLettersCommandTest::wrongFormat);
        var right = file("right", yaml -> yaml);
        var failing = Service.start(config("wrong", DeadLettersCommandTest::wrongFormat));
        traffic.put("cats/1", "one");
        send(GARBAGE);
        awaitWaiting(wrong, 2);
        assertThat(failing.stop(Service.STOP_DEADLINE)).isTrue();

        // When
        var list = json(letters("list", wrong, "--reason", "NOT_JSON", "--format", "json"));
        var id = list.path("letters").path(0).path("id").asText();
        var sheet = letters("show", right, id);
        var bytes = json(letters("show", right, id, "--format", "json")).path("value");
        var useless = letters("redrive", wrong);
        var service = Service.start(config("right", yaml -> yaml));
        var useful = letters("redrive", right);
        awaitReplica("cats/1");

        // Then
        assertThat(bytes.path("base64").binaryValue()).isEqualTo(GARBAGE);
        assertThat(bytes.has("text")).isFalse();
        assertThat(sheet.out()).contains("7b 1b 5b ff", "it still cannot be read");
        assertThat(useless.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(useless.out()).contains("0 dead letters redriven", "2 still cannot be read", "WRONG_FORMAT");
        assertThat(useful.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(useful.out()).contains("1 dead letter redriven, 1 event", "1 still cannot be read", "NOT_JSON");
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
    }

    @Test
    void two_runs_at_once_redrive_each_letter_once() throws Exception {
        // Given
        var wrong = file("wrong", DeadLettersCommandTest::wrongKey);
        var failing = Service.start(config("wrong", DeadLettersCommandTest::wrongKey));
        for (var number = 0; number < 20; number++) {
            traffic.put("cats/" + number, "one");
        }
        awaitWaiting(wrong, 20);
        assertThat(failing.stop(Service.STOP_DEADLINE)).isTrue();

        // When
        var one = CompletableFuture.supplyAsync(() -> letters("redrive", wrong));
        var other = CompletableFuture.supplyAsync(() -> letters("redrive", wrong));
        CompletableFuture.allOf(one, other).join();
        letters("redrive", wrong);

        // Then
        await().atMost(LIMIT).until(() -> redrivenEvents() >= 20);
        assertThat(redrivenEvents()).as(one.join() + " " + other.join()).isEqualTo(20);
    }

    @Test
    void wrong_arguments_are_named() throws IOException {
        var file = file("right", yaml -> yaml);

        assertThat(letters("list", file, "--since", "yesterday").err())
                .contains("'--since'", "2026-03-04T05:06:07Z", "was \"yesterday\"");
        assertThat(letters("list", file, "--limit", "-1").err()).contains("--limit must be between 0 and 100000");
        assertThat(letters("list", file))
                .satisfies(answer -> assertThat(answer.exitCode()).isEqualTo(ExitCode.ERROR))
                .satisfies(answer -> assertThat(answer.err()).contains("tidelock.dead-letters"));
    }

    @Test
    void an_id_or_a_reason_that_cannot_be_one_is_refused_before_anything_is_read() throws IOException {
        // Given
        var file = file("right", yaml -> yaml);

        // When
        var foo = letters("redrive", file, "foo");
        var shown = letters("show", file, "1@-1");
        var nonsense = letters("redrive", file, "--reason", "EMPTY,Nonsense");
        var near = letters("list", file, "--reason", "DstKmsKeyNotFond");

        // Then
        assertThat(List.of(foo, shown, nonsense, near))
                .extracting(Answer::exitCode)
                .containsOnly(ExitCode.ERROR);
        assertThat(foo.err()).contains("must be PARTITION@OFFSET, like 3@1042", "was \"foo\"");
        assertThat(shown.err()).contains("was \"1@-1\"");
        assertThat(nonsense.err()).contains("\"Nonsense\" is no reason of dead letters");
        assertThat(near.err()).contains("did you mean \"DstKmsKeyNotFound\"?");
    }

    private void send(byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TwoRegions.EVENTS_TOPIC, "who".getBytes(UTF_8), value))
                    .get();
        }
    }
}
