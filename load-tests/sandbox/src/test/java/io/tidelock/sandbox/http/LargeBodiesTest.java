package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Versioning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class LargeBodiesTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static final int BYTES = 24 << 20;

    private static String put(BucketState bucket, String key, byte[] bytes) {
        return s3.putObject(request -> request.bucket(bucket.name()).key(key), RequestBody.fromBytes(bytes))
                .eTag();
    }

    private static byte[] random(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] get(BucketState bucket, String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket.name()).key(key))
                .asByteArray();
    }

    private static long files() {
        try (var files = Files.walk(bodies)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void large_bytes_go_through_a_file_and_come_back_the_same() throws Exception {
        // Given
        var bucket = world.bucket();
        var bytes = random(BYTES, 1);
        // When
        var eTag = put(bucket, "key", bytes);
        // Then
        assertThat(get(bucket, "key")).isEqualTo(bytes);
        assertThat(eTag)
                .isEqualTo("\""
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("MD5").digest(bytes)) + "\"");
    }

    @Test
    void bytes_just_around_the_bound_of_the_heap_come_back_the_same() {
        // Given
        var bucket = world.bucket();
        for (var size : new int[] {1, 65_535, 65_536, 65_537, 200_000}) {
            // When
            put(bucket, "key", random(size, size));
            // Then
            assertThat(get(bucket, "key")).isEqualTo(random(size, size));
        }
    }

    @Test
    void a_file_goes_with_the_last_version_that_needs_it() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var before = files();
        put(bucket, "key", random(1 << 20, 2));
        s3.copyObject(request -> request.sourceBucket(bucket.name())
                .sourceKey("key")
                .destinationBucket(bucket.name())
                .destinationKey("copy"));
        // When
        var original = bucket.versions("key").getFirst().versionId();
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key").versionId(original));
        var whileShared = files() - before;
        var copied = get(bucket, "copy");
        var copy = bucket.versions("copy").getFirst().versionId();
        s3.deleteObject(request -> request.bucket(bucket.name()).key("copy").versionId(copy));
        // Then
        assertThat(whileShared).isEqualTo(1);
        assertThat(copied).isEqualTo(random(1 << 20, 2));
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> files() == before);
    }

    @Test
    void a_read_that_began_goes_on_when_the_object_is_deleted() throws Exception {
        // Given
        var bucket = world.bucket();
        var bytes = random(BYTES, 3);
        put(bucket, "key", bytes);
        // When
        byte[] read;
        try (var stream = s3.getObject(request -> request.bucket(bucket.name()).key("key"))) {
            var first = stream.readNBytes(1000);
            s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
            read = new byte[bytes.length];
            System.arraycopy(first, 0, read, 0, first.length);
            assertThat(stream.readNBytes(read, first.length, read.length - first.length))
                    .isEqualTo(read.length - first.length);
        }
        // Then
        assertThat(read).isEqualTo(bytes);
    }

    @Test
    void an_upload_that_fails_its_check_leaves_no_file() throws Exception {
        // Given
        var bucket = world.bucket();
        var before = files();
        // When
        var answer = world.send(
                "PUT", "/" + bucket.name() + "/key", "x".repeat(1 << 20), "Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==");
        // Then
        assertThat(answer.body()).contains("<Code>BadDigest</Code>");
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> files() == before);
        assertThat(bucket.versions("key")).isEmpty();
    }
}
