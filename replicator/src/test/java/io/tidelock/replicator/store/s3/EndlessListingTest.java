package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.budget.BudgetSettings;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.VersionPages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose truncated listings do not say where they go on, or say where they began. */
class EndlessListingTest {
    private static final Bucket BUCKET = new Bucket("broken", "photos");

    private static final ReplicaWrite WRITE = PlainWrite.of(new ObjectKey(BUCKET, "a"), 1);

    private final HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private S3Settings serving(String nextMarkers) {
        answer("<ListVersionsResult><IsTruncated>true</IsTruncated>" + nextMarkers
                + "<Version><Key>a</Key><VersionId>1</VersionId><ETag>&quot;e&quot;</ETag></Version>"
                + "</ListVersionsResult>");
        return settings();
    }

    private void answer(String document) {
        var body = ("<?xml version=\"1.0\"?>" + document).getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private S3Settings settings() {
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
    void a_stack_that_goes_on_and_on_is_refused() {
        var pages = new AtomicInteger();
        server.createContext("/", exchange -> {
            var page = pages.incrementAndGet();
            var body = new StringBuilder("<?xml version=\"1.0\"?><ListVersionsResult><IsTruncated>true</IsTruncated>"
                    + "<NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>" + page + "</NextVersionIdMarker>");
            for (int i = 0; i < 1_000; i++) {
                body.append("<Version><Key>a</Key><VersionId>")
                        .append(page * 1_000 + i)
                        .append("</VersionId><ETag>&quot;e&quot;</ETag></Version>");
            }
            var bytes = body.append("</ListVersionsResult>").toString().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try (var store = new S3ObjectStore(settings(), unlimited())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.stack(new ObjectKey(BUCKET, "a")))
                    .satisfies(refused -> assertThat(refused.failure()).isEqualTo(StoreFailure.TOO_MANY_VERSIONS));
        }
        assertThat(pages.get()).isEqualTo(VersionStack.LAYERS_MAX / 1_000 + 1);
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

    @ParameterizedTest
    @ValueSource(strings = {"", "<NextPartNumberMarker>1</NextPartNumberMarker>"})
    void the_parts_of_an_upload_are_not_asked_for_for_ever(String next) {
        answer("<ListPartsResult><IsTruncated>true</IsTruncated>" + next
                + "<Part><PartNumber>1</PartNumber><ETag>e</ETag><Size>5</Size></Part></ListPartsResult>");
        try (var store = new S3ObjectStore(settings(), unlimited())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.parts(new Multipart.Upload(WRITE, "u")))
                    .withMessageContaining("does not say where it goes on");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<NextKeyMarker>a</NextKeyMarker>",
                "<NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>u</NextUploadIdMarker>"
            })
    void the_uploads_of_a_bucket_are_not_asked_for_for_ever(String next) {
        answer("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>" + next
                + "<Upload><Key>a</Key><UploadId>u</UploadId></Upload></ListMultipartUploadsResult>");
        try (var store = new S3ObjectStore(settings(), unlimited())) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.uploads(BUCKET, _ -> {}))
                    .withMessageContaining("does not say where it goes on");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<NextPartNumberMarker>1</NextPartNumberMarker>"})
    void the_parts_of_a_version_are_not_asked_for_for_ever(String next) {
        answer("<GetObjectAttributesResponse><ObjectParts><IsTruncated>true</IsTruncated>" + next
                + "<Part><PartNumber>1</PartNumber><Size>5</Size></Part></ObjectParts></GetObjectAttributesResponse>");
        try (var store = new S3ObjectStore(settings(), unlimited())) {
            assertThat(store.partsOf(new ObjectVersion(WRITE.destination(), new VersionId("1")), "CRC32"))
                    .isEmpty();
        }
    }

    private static Budget unlimited() {
        return new Budget(BudgetSettings.NONE, InstantSource.system());
    }
}
