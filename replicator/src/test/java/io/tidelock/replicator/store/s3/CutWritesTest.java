package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that takes requests and does not answer, and a store that waits for an answer as long as it takes. */
class CutWritesTest {
    private static final ObjectKey KEY = new ObjectKey(new Bucket("slow", "photos"), "a");

    private final CountDownLatch never = new CountDownLatch(1);
    private final HttpServer server = hanging();

    private HttpServer hanging() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    exchange.close();
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
    }

    private S3Settings settings() {
        var plain = S3Settings.of(
                "slow",
                Vendor.GENERIC,
                "eu-west-3",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                SandboxFixture.ownerKeys());
        return new S3Settings(
                plain.name(),
                plain.vendor(),
                plain.region(),
                plain.endpoint(),
                plain.account(),
                plain.pathStyle(),
                plain.payloadSigned(),
                plain.credentials(),
                plain.customerKeys(),
                plain.connectionsMax(),
                plain.connectTimeout(),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                plain.budget());
    }

    private static ReplicaWrite write() {
        return PlainWrite.of(KEY, 1);
    }

    @Test
    void a_put_is_cut_after_its_time_and_leaves_its_thread_as_it_was() throws Exception {
        assertCut(store -> store.put(write(), new ByteArrayInputStream("a".getBytes(UTF_8))));
    }

    @Test
    void a_copy_is_cut() throws Exception {
        assertCut(store -> store.copy(new ObjectVersion(KEY, new VersionId("1")), write()));
    }

    @Test
    void the_completion_of_an_upload_is_cut() throws Exception {
        assertCut(store -> store.completeUpload(
                new Multipart.Upload(write(), "u"), List.of(new Multipart.Part(1, "e", "AAAAAA=="))));
    }

    @Test
    void a_deletion_is_cut() throws Exception {
        assertCut(store -> store.putDeleteMarker(KEY, new Precondition.Anything()));
    }

    private void assertCut(Consumer<ObjectStore> write) throws Exception {
        try (var store = new S3ObjectStore(settings());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var failure = threads.submit(() -> failure(store, write));
            try {
                assertThat(failure.get(60, TimeUnit.SECONDS)).contains(StoreFailure.UNAVAILABLE);
            } finally {
                never.countDown(); // a write that was not cut would be waited for otherwise
            }
        }
    }

    private static Optional<StoreFailure> failure(ObjectStore store, Consumer<ObjectStore> write) {
        try {
            write.accept(store);
            return Optional.empty();
        } catch (StoreException e) {
            return Thread.currentThread().isInterrupted() ? Optional.empty() : Optional.of(e.failure());
        }
    }
}
