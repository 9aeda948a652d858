package io.tidelock.deploy.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.ingest.kafka.BacklogProbe;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newer Tidelock has written to Tidelock's own topics waits for one that reads it. */
class NewerRecordTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void a_newer_record_stops_its_partition_by_name_and_the_others_go_on_and_nothing_is_lost(@TempDir Path directory)
            throws Exception {
        try (var sandbox = Sandbox.twoRegions();
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            // Given
            var config = ((Loaded.Valid)
                            new ConfigLoader(_ -> null).load(SandboxConfig.write(sandbox, directory, yaml -> yaml)))
                    .config();
            assertThat(Wiring.topics(config).ensure(config.topics().all())).isEmpty();
            producer.send(newer("tidelock.events", 0)).get();
            producer.send(newer("tidelock.parked", 1)).get();
            var traffic = new SandboxTraffic(Wiring.stores(config));

            // When
            var service = Service.start(config);
            for (var number = 0; number < 30; number++) {
                traffic.put("cats/" + number, "meow");
            }

            // Then
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(ready(service).body())
                            .contains("tidelock.events-0@0 was written by a newer Tidelock: event.v is 99, this program"
                                    + " reads up to 3")
                            .contains("tidelock.parked-1@0 was written by a newer Tidelock: v is 99"));
            assertThat(ready(service).statusCode()).isEqualTo(503);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(sandbox.kafka().records("tidelock.events"))
                            .hasSize(31));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(backlog(config.replicator().group(), sandbox, 2))
                            .isZero());
            assertThat(traffic.replicas()).isBetween(1L, 29L);
            assertThat(sandbox.kafka().records("tidelock.dead-letters")).isEmpty();
            assertThat(backlog(config.replicator().group(), sandbox, 0)).isPositive();
            service.stop(Service.STOP_DEADLINE);
            traffic.stores().values().forEach(ObjectStore::close);
        }
    }

    private static ProducerRecord<byte[], byte[]> newer(String topic, int partition) {
        return new ProducerRecord<>(topic, partition, "k".getBytes(UTF_8), "{\"v\":99,\"new\":true}".getBytes(UTF_8));
    }

    private static long backlog(String group, Sandbox sandbox, int partition) {
        var settings = new KafkaSettings(sandbox.kafka().bootstrapServers(), Map.of(), "probe");
        try (var probe = new BacklogProbe(settings, "test")) {
            return switch (probe.probe(group, new Subscription.Topics(Set.of("tidelock.events")))) {
                case BacklogProbe.Backlogs(var found) -> found.get(partition).records();
                case BacklogProbe.Unknown(var why) -> throw new AssertionError(why);
            };
        }
    }

    private static HttpResponse<String> ready(Service service) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(service.address() + "/health/ready"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
