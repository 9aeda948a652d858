package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.kafka.TopicSpec.Cleanup;
import io.tidelock.sandbox.kafka.SandboxKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TopicsTest {
    private static SandboxKafka kafka;
    private static Topics topics;

    @BeforeAll
    static void start() {
        kafka = new SandboxKafka().start();
        topics = new Topics(new KafkaSettings(kafka.bootstrapServers(), Map.of(), "a"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static TopicSpec spec(String name, Cleanup cleanup, Duration retention) {
        return new TopicSpec(name, 4, 1, cleanup, retention);
    }

    @Test
    void missing_topics_are_made_as_they_must_be_and_then_found_right() {
        // Given
        var specs = List.of(
                new TopicSpec("made-for-ever", 4, 1, Cleanup.DELETE, null),
                spec("made-for-a-week", Cleanup.DELETE, Duration.ofDays(7)),
                spec("made-compacted", Cleanup.COMPACT, Duration.ofDays(1)));
        // When
        var first = topics.ensure(specs);
        var second = topics.ensure(specs);
        // Then
        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
        assertThat(topics.check(specs)).isEmpty();
        assertThat(topics.check(List.of(spec("made-for-a-week", Cleanup.DELETE, Duration.ofDays(6)))))
                .isEmpty();
    }

    @Test
    void a_changed_partition_count_is_refused_with_the_remedy() {
        // Given
        kafka.createTopic("narrow", 3);
        // When
        var problems = topics.ensure(List.of(spec("narrow", Cleanup.DELETE, Duration.ofDays(1))));
        // Then
        assertThat(problems)
                .containsExactly(new TopicProblem(
                        "narrow",
                        "has 3 partitions, kafka.topics.partitions is 4",
                        "set kafka.topics.partitions to 3, or stop the producers, let the topic drain, and"
                                + " create it anew"));
    }

    @Test
    void a_wrong_cleanup_policy_and_a_short_retention_are_refused_with_the_command() {
        // Given
        kafka.createTopic("compacted", 4, Map.of("cleanup.policy", "compact"));
        kafka.createTopic("short", 4, Map.of("retention.ms", "1000"));
        // When
        var problems = topics.ensure(List.of(
                spec("compacted", Cleanup.DELETE, Duration.ofDays(1)),
                spec("short", Cleanup.DELETE, Duration.ofDays(1))));
        // Then
        assertThat(problems)
                .extracting(TopicProblem::toString)
                .containsExactly(
                        "compacted: has cleanup.policy=compact, needed is delete: kafka-configs --alter --topic"
                                + " compacted --add-config cleanup.policy=delete",
                        "short: has retention.ms=1000, needed is at least 86400000 (-1 is for ever): kafka-configs"
                                + " --alter --topic short --add-config retention.ms=86400000");
    }

    @Test
    void checking_makes_nothing_and_names_what_a_source_lacks() {
        // When
        var own = topics.check(List.of(spec("absent", Cleanup.DELETE, Duration.ofDays(1))));
        var foreign = topics.requireExisting(List.of("absent"));
        // Then
        assertThat(own).isEmpty();
        assertThat(foreign).extracting(TopicProblem::problem).containsExactly("does not exist");
    }

    @Test
    void what_kafka_refuses_to_make_is_a_problem_of_that_topic() {
        // When
        var problems = topics.ensure(List.of(new TopicSpec("too-safe", 1, 3, Cleanup.DELETE, null)));
        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().problem())
                .startsWith("cannot be created")
                .contains("ReplicationFactor");
        assertThat(problems.getFirst().remedy()).contains("kafka.topics.replicationFactor (3)");
    }

    @Test
    void a_kafka_that_does_not_answer_is_a_problem_too() {
        // Given
        var impatient = Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500");
        var nowhere = new Topics(new KafkaSettings("127.0.0.1:1", impatient, "a"));
        // When
        var problems = nowhere.ensure(List.of(spec("any", Cleanup.DELETE, Duration.ofDays(1))));
        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().problem()).startsWith("Kafka at 127.0.0.1:1 does not answer");
        assertThat(problems.getFirst().passes()).isTrue();
    }

    @Test
    void a_broker_whose_name_is_not_known_yet_may_come() {
        // Given
        var unknown = new Topics(new KafkaSettings("broker.invalid:9092", Map.of(), "a"));
        // When
        var problems = unknown.check(List.of(spec("any", Cleanup.DELETE, Duration.ofDays(1))));
        // Then
        assertThat(problems)
                .singleElement()
                .returns(true, TopicProblem::passes)
                .asString()
                .contains("Kafka at broker.invalid:9092", "check kafka.bootstrapServers");
    }

    @Test
    void a_broker_that_does_not_accept_the_credentials_does_not_pass() throws Exception {
        // Given
        try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> refuseTls(plain));
            var settings =
                    new KafkaSettings("127.0.0.1:" + plain.getLocalPort(), Map.of("security.protocol", "SSL"), "a");
            // When
            var problems = new Topics(settings).check(List.of(spec("any", Cleanup.DELETE, Duration.ofDays(1))));
            // Then
            assertThat(problems)
                    .singleElement()
                    .returns(false, TopicProblem::passes)
                    .asString()
                    .contains("does not accept the credentials of this process", ": correct kafka.properties");
        }
    }

    /** Answers whoever begins TLS in words, until the server is closed. */
    private static void refuseTls(ServerSocket server) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException ended) {
                assertThat(ended).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void numbers_below_one_are_refused() {
        assertThatThrownBy(() -> new TopicSpec("x", 0, 1, Cleanup.DELETE, null))
                .hasMessageContaining("must be at least 1, were 0 and 1");
    }
}
