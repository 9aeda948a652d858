package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.sandbox.Sandbox;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that starts while its broker is down. */
class KafkaAtStartTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Sandbox sandbox = Sandbox.twoRegions();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void it_waits_not_ready_and_says_why_and_runs_by_itself_when_the_broker_comes(@TempDir Path directory)
            throws Exception {
        // Given
        sandbox.kafka().stop();
        var service = new Service(config(directory));
        var started = CompletableFuture.runAsync(service::start);
        await().atMost(LIMIT).until(() -> serves(service));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(reason(ready(service)))
                        .contains("waits for Kafka: ", "check kafka.bootstrapServers"));
        var waiting = ready(service);

        // When
        sandbox.kafka().start();

        // Then
        assertThat(waiting.statusCode()).isEqualTo(503);
        started.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        await().atMost(LIMIT).until(() -> ready(service).statusCode() == 200);
        assertThat(reason(ready(service))).startsWith("runs since ");
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
    }

    private TidelockConfig config(Path directory) throws IOException {
        var loaded = new ConfigLoader(_ -> null).load(SandboxConfig.write(sandbox, directory, yaml -> yaml));
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
        return ((Loaded.Valid) loaded).config();
    }

    private static boolean serves(Service service) throws Exception {
        try {
            return ready(service).statusCode() == 503;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private static String reason(HttpResponse<String> ready) {
        var service = new JsonObject(ready.body()).getJsonArray("conditions").getJsonObject(0);
        assertThat(service.getString("name")).isEqualTo("service");
        return service.getString("reason");
    }

    private static HttpResponse<String> ready(Service service) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(service.address() + "/health/ready"));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
