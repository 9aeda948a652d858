package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.domain.Encryption;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The service in this process: events of a real broker in, replicas in another region and account out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private Sandbox sandbox;
    private TidelockConfig config;
    private SandboxTraffic traffic;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        sandbox = Sandbox.twoRegions();
        config = load(directory, yaml -> yaml);
        traffic = new SandboxTraffic(Wiring.stores(config));
    }

    @AfterAll
    void close() {
        traffic.stores().values().forEach(ObjectStore::close);
        sandbox.close();
    }

    @Test
    void an_event_becomes_a_replica_and_is_measured_and_the_service_stops_in_order() throws Exception {
        // Given
        var service = Service.start(config);
        await().atMost(LIMIT).until(() -> get(service, "/health/ready").statusCode() == 200);

        // When
        traffic.put("cats/small.txt", "meow");
        traffic.put("cats/empty.txt", "");
        traffic.delete("cats/empty.txt");

        // Then
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(series(service, "tidelock_replication_operations_total", "object", "replicated"))
                    .isEqualTo(2);
            assertThat(series(service, "tidelock_replication_operations_total", "delete_marker", "replicated"))
                    .isEqualTo(1);
        });
        assertThat(traffic.replica("cats/small.txt")).isInstanceOfSatisfying(HeadAnswer.Present.class, replica -> {
            assertThat(replica.head().sizeBytes()).isEqualTo(4);
            assertThat(replica.head().encryption())
                    .isEqualTo(new Encryption.SseKms(TwoRegions.DESTINATION_KEY_ARN, false, false));
        });
        assertThat(traffic.replica("cats/empty.txt")).isNotInstanceOf(HeadAnswer.Present.class);
        var ready = get(service, "/health/ready").body();
        assertThat(ready).contains("replicator.loop", "ingest.paris-events.partitions", "6 owned");
        var metrics = get(service, "/metrics").body();
        assertThat(metrics)
                .contains("tidelock_replication_lag_seconds{rule=\"everything\"} 0.0")
                .contains("tidelock_replication_pending_operations{rule=\"everything\"} 0.0")
                .contains("tidelock_replication_copied_bytes_total{rule=\"everything\"} 4.0")
                .contains("tidelock_replication_duration_seconds_bucket{rule=\"everything\",le=\"14400.0\"} 2")
                .contains(
                        "tidelock_replication_rule_info{destination_bucket=\"frankfurt/photos-replica\",rule=\"everything\"")
                .contains("tidelock_ingest_events_total{source=\"paris-events\"} 3.0")
                .contains("jvm_memory_used_bytes", "process_cpu_usage");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(get(service, "/metrics").body())
                        .contains("tidelock_backlog_records{partition=\"0\",topic=\"tidelock.events\"} 0.0"));
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
        service.awaitStop();
    }

    @Test
    void roles_in_processes_of_their_own_do_the_same_work_together(@TempDir Path first, @TempDir Path second)
            throws Exception {
        // Given
        var ingest = Service.start(load(first, yaml -> yaml.replace("instance: one", "instance: in\nroles: [ingest]")));
        var replicator =
                Service.start(load(second, yaml -> yaml.replace("instance: one", "instance: re\nroles: [replicator]")));

        // When
        traffic.put("apart/dog.txt", "woof");

        // Then
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(traffic.replica("apart/dog.txt")).isInstanceOf(HeadAnswer.Present.class));
        assertThat(get(ingest, "/health/ready").body()).contains("ingest.").doesNotContain("replicator.");
        assertThat(get(replicator, "/health/ready").body())
                .contains("replicator.")
                .doesNotContain("ingest.");
        assertThat(ingest.stop(Service.STOP_DEADLINE)).isTrue();
        assertThat(replicator.stop(Service.STOP_DEADLINE)).isTrue();
    }

    @Test
    void a_service_that_cannot_begin_says_why_and_leaves_nothing_running(@TempDir Path other) throws IOException {
        // Given
        var fromBucket =
                load(other, yaml -> SandboxConfig.rulesFromBucket(yaml).replace("instance: one", "instance: two"));

        // Then
        assertThatThrownBy(() -> Service.start(fromBucket))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the bucket paris/photos has no replication configuration")
                .hasMessageContaining("put one on it, or give the rules in the file");
    }

    private TidelockConfig load(Path directory, UnaryOperator<String> change) throws IOException {
        var loaded = new ConfigLoader(_ -> null).load(SandboxConfig.write(sandbox, directory, change));
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
        return ((Loaded.Valid) loaded).config();
    }

    private static double series(Service service, String name, String operation, String result) throws Exception {
        return get(service, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{")
                        && line.contains("operation=\"" + operation + "\"")
                        && line.contains("result=\"" + result + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static HttpResponse<String> get(Service service, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.address() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
