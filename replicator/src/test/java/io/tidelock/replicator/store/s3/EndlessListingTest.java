package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.budget.BudgetSettings;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.VersionPages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose truncated listings do not say where they go on, or say where they began. */
class EndlessListingTest {
    private static final Bucket BUCKET = new Bucket("broken", "photos");

    private final HttpServer server = server();
    private volatile String next = "";

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private S3Settings serving(String nextMarkers) {
        next = nextMarkers;
        server.createContext("/", exchange -> {
            var body = ("<?xml version=\"1.0\"?><ListVersionsResult><IsTruncated>true</IsTruncated>" + next
                            + "<Version><Key>a</Key><VersionId>1</VersionId><ETag>&quot;e&quot;</ETag></Version>"
                            + "</ListVersionsResult>")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return S3Settings.of(
                "broken",
                Vendor.GENERIC,
                "eu-west-3",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                SandboxFixture.ownerKeys());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<NextVersionIdMarker>1</NextVersionIdMarker>",
                "<NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>",
                "<NextKeyMarker>a</NextKeyMarker>"
            })
    void the_stack_of_a_key_is_not_asked_for_for_ever(String nextMarkers) {
        try (var store = new S3ObjectStore(serving(nextMarkers), unlimited())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.stack(new ObjectKey(BUCKET, "a")))
                    .withMessageContaining("does not say where it goes on");
        }
    }

    @Test
    void pages_of_a_bucket_end_as_well() {
        try (var pages = new S3VersionPages(serving("<NextKeyMarker>a</NextKeyMarker>"), unlimited())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> {
                        var after = Optional.<VersionPages.Cursor>empty();
                        do {
                            after = pages.page(BUCKET, "", after.orElse(null)).next();
                        } while (after.isPresent());
                    })
                    .withMessageContaining("does not say where it goes on");
        }
    }

    private static Budget unlimited() {
        return new Budget(BudgetSettings.NONE, InstantSource.system());
    }
}
