package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidelock.sandbox.model.Version;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Rows of the cookbook about versions; a test's name begins with the numbers of its rows. */
class CookbookVersionsTest {
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

    private static DeleteObjectResponse delete(String bucket) {
        return s3.deleteObject(request -> request.bucket(bucket).key("key"));
    }

    private static void delete(String bucket, String versionId) {
        s3.deleteObject(request -> request.bucket(bucket).key("key").versionId(versionId));
    }

    @Test
    void row_115_116_118_overwriting_and_deleting_keep_what_was_there() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var first = world.put(bucket, "key", "first");
        var second = world.put(bucket, "key", "second");
        assertThat(world.get(bucket, "key")).isEqualTo("second");

        // When
        var marker = delete(bucket.name());

        // Then
        assertThat(marker.deleteMarker()).isTrue();
        assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> world.get(bucket, "key"));
        assertThat(bucket.versions("key"))
                .extracting(Version::versionId)
                .containsExactly(marker.versionId(), second, first);
        assertThat(world.get(bucket, "key", first)).isEqualTo("first");
    }

    @Test
    void row_117_an_old_version_comes_back_as_a_copy_or_when_newer_ones_are_removed() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var first = world.put(bucket, "key", "first");
        var second = world.put(bucket, "key", "second");

        // When
        var copy = s3.copyObject(request -> request.sourceBucket(bucket.name())
                        .sourceKey("key")
                        .sourceVersionId(first)
                        .destinationBucket(bucket.name())
                        .destinationKey("key"))
                .versionId();

        // Then
        assertThat(world.get(bucket, "key")).isEqualTo("first");
        assertThat(bucket.versions("key")).hasSize(3);
        delete(bucket.name(), copy);
        delete(bucket.name(), second);
        assertThat(world.get(bucket, "key")).isEqualTo("first");
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly(first);
    }

    @Test
    void row_119_120_a_plain_delete_adds_a_marker_and_a_delete_of_an_id_removes_what_it_names() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var only = world.put(bucket, "key", "bytes");
        var first = delete(bucket.name()).versionId();
        var second = delete(bucket.name()).versionId();
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly(second, first, only);

        // When
        delete(bucket.name(), second);
        delete(bucket.name(), first);

        // Then
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
        delete(bucket.name(), only);
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void row_122_125_126_in_a_suspended_bucket_writes_and_markers_take_the_null_id() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var numbered = world.put(bucket, "key", "numbered");
        bucket.setVersioning(Versioning.SUSPENDED);

        // When
        var withoutNull = delete(bucket.name());

        // Then
        assertThat(withoutNull.versionId()).isEqualTo("null");
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly("null", numbered);
        assertThat(world.put(bucket, "key", "suspended")).isEqualTo("null");
        assertThat(world.get(bucket, "key")).isEqualTo("suspended");
        assertThat(delete(bucket.name()).deleteMarker()).isTrue();
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly("null", numbered);
        assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> world.get(bucket, "key"));
    }

    @Test
    void row_129_two_writes_before_and_two_after_suspending_leave_three_versions() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var first = world.put(bucket, "key", "1");
        var second = world.put(bucket, "key", "2");

        // When
        bucket.setVersioning(Versioning.SUSPENDED);
        world.put(bucket, "key", "3");
        world.put(bucket, "key", "4");

        // Then
        assertThat(bucket.versions("key")).extracting(Version::versionId).isEqualTo(List.of("null", second, first));
        assertThat(world.get(bucket, "key")).isEqualTo("4");
    }

    @Test
    void row_130_after_a_delete_in_a_suspended_bucket_the_second_version_is_what_comes_back() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "v1");
        world.put(bucket, "key", "v2");
        bucket.setVersioning(Versioning.SUSPENDED);
        world.put(bucket, "key", "v3");

        // When
        delete(bucket.name());
        delete(bucket.name(), "null");

        // Then
        assertThat(world.get(bucket, "key")).isEqualTo("v2");
    }
}
