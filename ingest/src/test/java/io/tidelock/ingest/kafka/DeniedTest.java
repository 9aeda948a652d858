package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.kafka.LoopSettings.SideTopic;
import io.tidelock.ingest.kafka.TopicSpec.Cleanup;
import io.tidelock.sandbox.kafka.SandboxKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real broker that refuses: each refusal is named with what grants it, loses nothing, and heals by itself. */
class DeniedTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String TRANSACTIONS = "copiers-copy-one";
    private static final AclBinding READ_IN = acl(ResourceType.TOPIC, "in", AclOperation.READ);
    private static final AclBinding READ_ALSO = acl(ResourceType.TOPIC, "also", AclOperation.READ);
    private static final AclBinding READ_SIDE = acl(ResourceType.TOPIC, "side", AclOperation.READ);
    private static final AclBinding WRITE_OUT = acl(ResourceType.TOPIC, "out", AclOperation.WRITE);
    private static final AclBinding WRITE_DEAD = acl(ResourceType.TOPIC, "dead", AclOperation.WRITE);
    private static final AclBinding JOIN = acl(ResourceType.GROUP, "copiers", AclOperation.READ);
    private static final AclBinding TRANSACT = acl(ResourceType.TRANSACTIONAL_ID, TRANSACTIONS, AclOperation.WRITE);
    private static final List<AclBinding> LEAST = List.of(READ_IN, READ_ALSO, WRITE_OUT, WRITE_DEAD, JOIN, TRANSACT);

    private final SandboxKafka kafka = SandboxKafka.guarded().start();
    private final List<PollLoop> loops = new ArrayList<>();
    private int written;

    @BeforeEach
    void topics() {
        Stream.of("in", "also", "side", "out", "dead").forEach(topic -> kafka.createTopic(topic, 2));
    }

    @AfterEach
    void close() {
        loops.forEach(loop -> loop.stop(Duration.ZERO));
        kafka.close();
    }

    @Test
    @Tag("big")
    void each_ACL_that_is_taken_away_is_named_and_the_loop_goes_on_once_it_is_granted() throws Exception {
        // Given
        grant(LEAST);
        var loop = start("in");
        write("in", 0);
        awaitCopied("out", loop);
        var cases = new HashMap<AclBinding, String>();
        cases.put(READ_IN, "Kafka refuses Read on topic in to User:tidelock: " + command("Read --topic in"));
        cases.put(WRITE_OUT, "Kafka refuses Write on topic out to User:tidelock: " + command("Write --topic out"));
        cases.put(JOIN, "Kafka refuses Read on group copiers to User:tidelock: " + command("Read --group copiers"));
        cases.put(
                TRANSACT,
                "Kafka refuses Write on transactional id " + TRANSACTIONS + " to User:tidelock: "
                        + command("Write --transactional-id " + TRANSACTIONS));

        for (var one : cases.entrySet()) {
            // When
            revoke(one.getKey());
            write("in", 0);
            await(one.getValue())
                    .atMost(LONG)
                    .untilAsserted(() -> assertThat(loop.state().stopped().values() + " "
                                    + loop.state().lastError())
                            .contains(one.getValue()));
            grant(List.of(one.getKey()));

            // Then
            awaitCopied("out", loop);
        }
        assertThat(kafka.records("out")).hasSize(written);
    }

    @Test
    void a_topic_that_may_not_be_written_holds_up_only_the_partitions_that_have_something_for_it() throws Exception {
        // Given
        grant(LEAST);
        revoke(WRITE_DEAD);
        var loop = start("in");

        // When
        write("in", 1);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loop.state().stopped().get("in-1"))
                        .contains("Kafka refuses Write on topic dead to User:tidelock", command("Write --topic dead")));
        for (int i = 0; i < 20; i++) {
            write("in", 0);
        }

        // Then
        await().atMost(LONG).until(() -> kafka.records("out").size() == 20);
        assertThat(loop.state().isHealthy()).isFalse();
        grant(List.of(WRITE_DEAD));
        awaitCopied("dead", loop);
        assertThat(kafka.records("dead")).hasSize(1);
    }

    @Test
    @Tag("big")
    void a_topic_that_may_not_be_read_holds_up_no_other_of_its_loop() throws Exception {
        // Given
        grant(LEAST);
        revoke(READ_ALSO);
        var loop = start("in", "also");
        write("also", 0);

        // When
        for (int i = 0; i < 20; i++) {
            write("in", 0);
        }

        // Then
        await().atMost(LONG).until(() -> kafka.records("out").size() == 20);
        assertThat(loop.state().stopped().get("also"))
                .contains("Kafka refuses Read on topic also to User:tidelock", command("Read --topic also"));
        grant(List.of(READ_ALSO));
        awaitCopied("out", loop);
        assertThat(kafka.records("out")).hasSize(written);
    }

    @Test
    void a_side_topic_that_may_not_be_read_is_named_and_all_goes_on_once_it_is_granted() throws Exception {
        // Given
        grant(LEAST);
        var loop = start(Optional.of(new SideTopic("side", 100, 1 << 20)), "in");
        write("in", 0);

        // When
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loop.state().stopped().get("side"))
                        .contains("Kafka refuses Read on topic side to User:tidelock", command("Read --topic side")));
        assertThat(loop.state().isHealthy()).isFalse();
        grant(List.of(READ_SIDE));

        // Then
        awaitCopied("out", loop);
        revoke(READ_SIDE);
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(loop.state().stopped()).containsKey("side"));
        write("in", 0);
        await().atMost(LONG).until(() -> kafka.records("out").size() == written);
    }

    @Test
    void topics_that_may_not_be_described_made_or_checked_are_each_named() throws Exception {
        // Given
        var spec = new TopicSpec("in", 2, 1, Cleanup.DELETE, Duration.ZERO);
        var missing = new TopicSpec("missing", 2, 1, Cleanup.DELETE, Duration.ZERO);
        var topics = new Topics(settings());

        // Then
        assertThat(topics.ensure(List.of(spec, missing)))
                .extracting(TopicProblem::toString)
                .containsExactly(
                        "in: Kafka refuses Describe on topic in to User:tidelock: " + command("Describe --topic in"),
                        "missing: Kafka refuses Describe on topic missing to User:tidelock: "
                                + command("Describe --topic missing"));
        grant(List.of(READ_IN, acl(ResourceType.TOPIC, "missing", AclOperation.DESCRIBE)));
        assertThat(topics.ensure(List.of(spec, missing)))
                .extracting(TopicProblem::toString)
                .containsExactly(
                        "missing: Kafka refuses Create on topic missing to User:tidelock: "
                                + command("Create --topic missing"),
                        "in: Kafka refuses DescribeConfigs on topic in to User:tidelock: "
                                + command("DescribeConfigs --topic in"));
        grant(List.of(
                acl(ResourceType.TOPIC, "in", AclOperation.DESCRIBE_CONFIGS),
                acl(ResourceType.TOPIC, "missing", AclOperation.DESCRIBE_CONFIGS),
                acl(ResourceType.TOPIC, "missing", AclOperation.CREATE)));
        assertThat(topics.ensure(List.of(spec, missing))).isEmpty();
    }

    @Test
    void a_backlog_that_may_not_be_asked_for_names_the_group() throws Exception {
        grant(List.of(READ_IN));
        try (var probe = new BacklogProbe(settings(), "probe")) {
            assertThat(probe.probe("copiers", new Subscription.Topics(Set.of("in"))))
                    .isInstanceOfSatisfying(
                            BacklogProbe.Unknown.class,
                            unknown -> assertThat(unknown.why())
                                    .contains("Kafka refuses Read on group copiers to User:tidelock"));
        }
    }

    private PollLoop start(String... topics) {
        return start(Optional.empty(), topics);
    }

    private PollLoop start(Optional<SideTopic> side, String... topics) {
        var settings = new LoopSettings(
                "copy",
                "copiers",
                new Subscription.Topics(Set.of(topics)),
                Broker.limits(1_000, Duration.ofSeconds(10)),
                side);
        var loop = new PollLoop(
                settings(),
                settings,
                (record, completion) -> completion.done(List.of(new OutgoingRecord(
                        record.position().partition() == 0 ? "out" : "dead",
                        null,
                        record.key(),
                        record.value(),
                        List.of()))),
                InstantSource.system());
        loops.add(loop);
        loop.start();
        return loop;
    }

    private KafkaSettings settings() {
        var properties = new HashMap<>(SandboxKafka.login());
        properties.put("metadata.max.age.ms", "1000");
        return new KafkaSettings(kafka.relay(0).bootstrapServers(), properties, "one");
    }

    private void write(String topic, int partition) throws ExecutionException, InterruptedException {
        var value = Integer.toString(written++).getBytes(UTF_8);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, value, value)).get();
        }
    }

    private void awaitCopied(String topic, PollLoop loop) {
        await().atMost(LONG)
                .until(() -> kafka.records(topic).stream()
                        .anyMatch(record -> Copying.text(record.value()).equals(Integer.toString(last(topic)))));
        await().atMost(LONG).until(() -> loop.state().isHealthy());
    }

    /** What stands last in its topic: the dead letter was the first that was written. */
    private int last(String topic) {
        return topic.equals("dead") ? 0 : written - 1;
    }

    private String command(String granting) {
        return "kafka-acls --bootstrap-server " + kafka.relay(0).bootstrapServers()
                + " --add --allow-principal User:tidelock --operation " + granting;
    }

    private static AclBinding acl(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:tidelock", "*", operation, AclPermissionType.ALLOW));
    }

    private void grant(List<AclBinding> acls) throws ExecutionException, InterruptedException, TimeoutException {
        try (var admin = kafka.admin()) {
            admin.createAcls(acls).all().get(60, TimeUnit.SECONDS);
        }
    }

    private void revoke(AclBinding acl) throws ExecutionException, InterruptedException, TimeoutException {
        try (var admin = kafka.admin()) {
            admin.deleteAcls(List.of(acl.toFilter())).all().get(60, TimeUnit.SECONDS);
        }
    }
}
