package io.tidelock.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpVerticleTest {
    private static final List<DestinationState> DESTINATIONS =
            List.of(new DestinationState("frankfurt/replicas", "open", 7));

    private static final String TOKEN = "a-token-of-16-or-more";
    private static final HttpConfig PLAIN =
            new HttpConfig("127.0.0.1", 0, Optional.empty(), Optional.empty(), Optional.empty());

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private List<Condition> conditions = List.of(new Condition("ingest.loop", true, "running"));

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void a_working_service_is_live_and_ready_with_its_reasons() throws Exception {
        // Given
        var verticle = start(PLAIN);

        // When
        var live = get(verticle, "/health/live");
        var ready = get(verticle, "/health/ready");

        // Then
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).contains("\"UP\"");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("ingest.loop", "running");
        assertThat(ready.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void the_breaker_of_each_destination_is_shown_and_what_waits_for_it_and_readiness_does_not_depend_on_it()
            throws Exception {
        // Given
        var verticle = start(PLAIN);

        // When
        var ready = get(verticle, "/health/ready");

        // Then
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(ready.body()).getJsonArray("destinations").getJsonObject(0))
                .isEqualTo(
                        new JsonObject("{\"destination\":\"frankfurt/replicas\",\"breaker\":\"open\",\"parked\":7}"));
    }

    @Test
    void a_service_that_does_not_work_is_live_and_not_ready_and_says_why() throws Exception {
        // Given
        var verticle = start(PLAIN);
        conditions = List.of(
                new Condition("ingest.loop", true, "running"),
                new Condition("replicator.partitions", false, "tidelock.events-3 stopped: a bug"));

        // When
        var live = get(verticle, "/health/live");
        var ready = get(verticle, "/health/ready");

        // Then
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("DOWN", "tidelock.events-3 stopped: a bug");
    }

    @Test
    void the_metrics_page_speaks_the_format_that_is_asked_for() throws Exception {
        // Given
        Counter.builder("tidelock_dead_letters_total")
                .tag("reason", "x")
                .register(registry)
                .increment();
        var verticle = start(PLAIN);

        // When
        var text = get(verticle, "/metrics");
        var open = get(verticle, "/metrics", "accept", "application/openmetrics-text; version=1.0.0");

        // Then
        assertThat(text.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(text.body()).contains("tidelock_dead_letters_total{reason=\"x\"} 1.0");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void an_unknown_page_is_not_found_and_a_write_is_not_allowed() throws Exception {
        // Given
        var verticle = start(PLAIN);

        // When
        var unknown = get(verticle, "/metrics/../etc/passwd");
        var write = send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(verticle.address() + "/metrics"))
                        .POST(HttpRequest.BodyPublishers.noBody()));

        // Then
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(write.statusCode()).isEqualTo(405);
    }

    @Test
    void the_bearer_token_or_the_password_opens_the_metrics_and_the_reasons() throws Exception {
        // Given
        var verticle = start(new HttpConfig(
                "127.0.0.1",
                0,
                Optional.empty(),
                Optional.of(TOKEN),
                Optional.of(new HttpConfig.Basic("prometheus", "päss:word"))));
        var basic =
                "Basic " + Base64.getEncoder().encodeToString("prometheus:päss:word".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(get(verticle, "/metrics").statusCode()).isEqualTo(401);
        assertThat(get(verticle, "/metrics").headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic realm="));
        assertThat(get(verticle, "/metrics", "authorization", "Bearer " + TOKEN + "x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get(verticle, "/metrics", "authorization", "Bearer ").statusCode())
                .isEqualTo(401);
        assertThat(get(verticle, "/metrics", "authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(get(verticle, "/metrics", "authorization", basic).statusCode())
                .isEqualTo(200);
        assertThat(get(verticle, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(verticle, "/health/ready").body()).contains("UP").doesNotContain("ingest.loop");
        assertThat(get(verticle, "/health/ready", "authorization", basic).body())
                .contains("ingest.loop");
    }

    @Test
    void TLS_is_served_with_the_certificate_and_key_of_the_configuration(@TempDir Path directory) throws Exception {
        // Given
        var pair = SelfSigned.in(directory);
        var verticle = start(new HttpConfig(
                "127.0.0.1",
                0,
                Optional.of(new HttpConfig.Tls(pair.certificateFile(), pair.keyFile())),
                Optional.empty(),
                Optional.empty()));
        var client = HttpClient.newBuilder().sslContext(pair.trusting()).build();

        // When
        var live = send(client, HttpRequest.newBuilder(URI.create(verticle.address() + "/health/live")));

        // Then
        assertThat(verticle.address()).startsWith("https://");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.sslSession()).isPresent();
    }

    @Test
    void a_port_that_is_taken_is_named_with_its_settings() {
        // Given
        var first = start(PLAIN);
        var port = URI.create(first.address()).getPort();
        var second = new HttpVerticle(
                new HttpConfig("127.0.0.1", port, Optional.empty(), Optional.empty(), Optional.empty()),
                registry,
                () -> conditions,
                List::of);

        // Then
        assertThatThrownBy(() -> vertx.deployVerticle(second).await())
                .hasMessageContaining("http cannot listen on 127.0.0.1:" + port)
                .hasMessageContaining("choose another http.host or http.port");
    }

    private HttpVerticle start(HttpConfig config) {
        var verticle = new HttpVerticle(config, registry, () -> conditions, () -> DESTINATIONS);
        vertx.deployVerticle(verticle).await();
        return verticle;
    }

    private static HttpResponse<String> get(HttpVerticle verticle, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(verticle.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(HttpClient.newHttpClient(), request);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
