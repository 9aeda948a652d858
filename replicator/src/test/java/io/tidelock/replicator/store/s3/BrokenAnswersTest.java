package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose answers break off, or never end: they did not come, whatever their status was to be. */
class BrokenAnswersTest {
    private static final ObjectKey KEY = new ObjectKey(new Bucket("broken", "photos"), "a");
    private static final ReplicaWrite WRITE = PlainWrite.of(KEY, 1);
    private static final Multipart.Upload UPLOAD = new Multipart.Upload(WRITE, "u");
    private static final List<Multipart.Part> PARTS = List.of(new Multipart.Part(1, "e", "AAAAAA=="));

    private HttpServer server;
    private ObjectStore store;
    private volatile int status;

    /** How long the body was to be, of which a few bytes come; 0 for one without end. */
    private volatile long announced;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status, announced);
                var answer = exchange.getResponseBody();
                answer.write("<?xml version=\"1.0\"?>".getBytes(UTF_8));
                answer.flush();
                while (announced == 0) {
                    answer.write(new byte[8_192]); // until the client has had enough
                }
            }
        });
        server.start();
        store = new S3ObjectStore(S3Settings.of(
                "broken",
                Vendor.GENERIC,
                "eu-west-3",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                SandboxFixture.ownerKeys()));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.failure()).isEqualTo(StoreFailure.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500, 503})
    void rule_38_an_error_that_breaks_off_is_tried_again(int code) {
        // Given
        status = code;
        announced = 1_000;

        // When / Then
        assertUnavailable(() -> store.put(WRITE, new ByteArrayInputStream(new byte[1])));
        assertUnavailable(() -> store.stack(KEY));
        assertUnavailable(() -> store.completeUpload(UPLOAD, PARTS));
    }

    @Test
    void rule_38_an_upload_whose_answer_breaks_off_is_not_given_up() {
        // Given
        status = 200;
        announced = 1_000;

        // When / Then
        assertUnavailable(() -> store.completeUpload(UPLOAD, PARTS));
        assertUnavailable(() -> store.startUpload(WRITE));
        assertUnavailable(() -> store.parts(UPLOAD));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void an_answer_without_end_is_given_up(int code) {
        // Given
        status = code;
        announced = 0;

        // When / Then
        assertUnavailable(() -> store.completeUpload(UPLOAD, PARTS));
    }
}
