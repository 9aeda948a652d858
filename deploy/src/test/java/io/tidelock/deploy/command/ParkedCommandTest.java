package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.deploy.service.SandboxTraffic;
import io.tidelock.deploy.service.Service;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Fault;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkedCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static JsonNode parked(Path file) throws IOException {
        var answer = Answer.to("parked", "list", "--config", file.toString(), "--format", "json");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.OK);
        return new ObjectMapper().readTree(answer.out());
    }

    private static JsonObject destinationInHealth(Service service) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var ready = client.send(
                    HttpRequest.newBuilder(URI.create(service.address() + "/health/ready"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(ready.statusCode()).isEqualTo(200);
            return new JsonObject(ready.body()).getJsonArray("destinations").getJsonObject(0);
        }
    }

    @Test
    void what_waits_for_a_dead_region_is_counted_until_it_is_done(@TempDir Path directory) throws Exception {
        try (var sandbox = Sandbox.twoRegions()) {
            // Given
            var file = SandboxConfig.write(sandbox, directory, yaml -> yaml);
            var config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
            var traffic = new SandboxTraffic(Wiring.stores(config));
            var service = Service.start(config);
            var frankfurt = sandbox.region(TwoRegions.FRANKFURT).faults();
            frankfurt.anywhere().cause(new Fault.ServerError());

            // When
            traffic.put("cats/1", "one");
            traffic.put("cats/1", "two");
            traffic.put("cats/2", "three");

            // Then
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(parked(file).path("parked").asInt()).isEqualTo(3));
            var destination = parked(file).path("destinations").path(0);
            assertThat(destination.path("destination").asText()).isEqualTo("frankfurt/photos-replica");
            assertThat(destination.path("oldestAgeSeconds").asLong()).isNotNegative();
            assertThat(Answer.to("parked", "list", "--config", file.toString()).out())
                    .contains(
                            "frankfurt/photos-replica (DST_UNAVAILABLE), the oldest for PT",
                            "3  operations are parked");
            assertThat(destinationInHealth(service).getLong("parked")).isEqualTo(3);
            assertThat(destinationInHealth(service).getString("breaker")).isIn("open", "half-open", "closed");
            frankfurt.clear();
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(parked(file).path("parked").asInt()).isZero());
            assertThat(traffic.versionsAtDestination("cats/1")).isEqualTo(2);
            assertThat(destinationInHealth(service).getLong("parked")).isZero();
            assertThat(destinationInHealth(service).getString("breaker")).isEqualTo("closed");
            assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
            traffic.stores().values().forEach(ObjectStore::close);
        }
    }
}
