package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rebalance whose second round never comes. */
final class NobodysPartitionsTest {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int RECORDS = 100;

    private final Broker broker = new Broker();

    @AfterEach
    void close() {
        broker.close();
    }

    /** Gives out half of what there is, as the first round of a cooperative rebalance does while the other half changes hands. */
    public static final class FirstRound extends CooperativeStickyAssignor {
        @Override
        public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
            var halves = new HashMap<String, Assignment>();
            super.assign(metadata, subscriptions).groupAssignment().forEach((member, whole) -> {
                var partitions = whole.partitions();
                halves.put(member, new Assignment(partitions.subList(0, partitions.size() / 2), whole.userData()));
            });
            return new GroupAssignment(halves);
        }
    }

    @Test
    void what_a_killed_member_left_to_nobody_is_shared_out_again() {
        // Given
        broker.topics(4).write("in", 0, RECORDS);
        dieAfterFirstRound("a");

        // When
        var loop = broker.start("a", Broker.copying(Broker.limits(1_000, Duration.ZERO)), new Copying(1, 0));

        // Then
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(broker.out())
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, RECORDS).boxed().toList()));
        assertThat(loop.state().lastError()).contains("copiers", "in-2, in-3", "to nobody");
    }

    private void dieAfterFirstRound(String instance) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker.kafka.bootstrapServers(),
                "group.id",
                "copiers",
                "group.instance.id",
                instance,
                "enable.auto.commit",
                false,
                "partition.assignment.strategy",
                FirstRound.class.getName());
        var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of("in"));
        await().atMost(LONG).until(() -> {
            consumer.poll(Duration.ofMillis(50));
            return !consumer.assignment().isEmpty();
        });
        consumer.close(CloseOptions.timeout(Duration.ZERO)
                .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
    }
}
