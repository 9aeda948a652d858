package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.Version;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class VersionsTest {
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

    @Test
    void each_put_into_a_versioned_bucket_is_a_version_of_its_own() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        // When
        var first = world.put(bucket, "key", "first");
        var second = world.put(bucket, "key", "second");
        // Then
        assertThat(first).hasSize(32).isNotEqualTo(second);
        assertThat(world.get(bucket, "key")).isEqualTo("second");
        assertThat(world.get(bucket, "key", first)).isEqualTo("first");
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly(second, first);
    }

    @Test
    void a_delete_marker_hides_the_object_and_keeps_its_versions() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var version = world.put(bucket, "key", "bytes");
        // When
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(marker.deleteMarker()).isTrue();
        var hidden = catchThrowableOfType(NoSuchKeyException.class, () -> world.get(bucket, "key"));
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(ServedWorld.header(hidden, "x-amz-delete-marker")).isEqualTo("true");
        assertThat(ServedWorld.header(hidden, "x-amz-version-id")).isEqualTo(marker.versionId());
        assertThat(world.get(bucket, "key", version)).isEqualTo("bytes");
    }

    @Test
    void a_delete_marker_read_by_its_id_is_405() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "bytes");
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"))
                .versionId();
        // When
        var got = catchThrowableOfType(S3Exception.class, () -> world.get(bucket, "key", marker));
        var headed = catchThrowableOfType(
                S3Exception.class,
                () -> s3.headObject(
                        request -> request.bucket(bucket.name()).key("key").versionId(marker)));
        // Then
        assertThat(got.awsErrorDetails().errorCode()).isEqualTo("MethodNotAllowed");
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(ServedWorld.header(got, "x-amz-delete-marker")).isEqualTo("true");
        assertThat(headed.statusCode()).isEqualTo(405);
        assertThat(ServedWorld.header(headed, "x-amz-delete-marker")).isEqualTo("true");
    }

    @Test
    void removing_the_marker_brings_the_object_back() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "bytes");
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"))
                .versionId();
        // When
        var removed = s3.deleteObject(
                request -> request.bucket(bucket.name()).key("key").versionId(marker));
        // Then
        assertThat(removed.deleteMarker()).isTrue();
        assertThat(removed.versionId()).isEqualTo(marker);
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @Test
    void deleting_a_key_that_never_was_makes_a_marker() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        // When
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("never"));
        // Then
        assertThat(marker.deleteMarker()).isTrue();
        assertThat(bucket.versions("never")).hasSize(1);
    }

    @Test
    void a_suspended_bucket_overwrites_the_null_version_and_keeps_the_others() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "before versioning");
        bucket.setVersioning(Versioning.ENABLED);
        var numbered = world.put(bucket, "key", "numbered");
        bucket.setVersioning(Versioning.SUSPENDED);
        // When
        var suspended = world.put(bucket, "key", "suspended");
        // Then
        assertThat(suspended).isEqualTo("null");
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly("null", numbered);
        assertThat(world.get(bucket, "key", "null")).isEqualTo("suspended");
        assertThat(world.get(bucket, "key", numbered)).isEqualTo("numbered");
    }

    @Test
    void deleting_in_a_suspended_bucket_puts_a_null_marker_in_place_of_the_null_version() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var numbered = world.put(bucket, "key", "numbered");
        bucket.setVersioning(Versioning.SUSPENDED);
        world.put(bucket, "key", "suspended");
        // When
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(marker.deleteMarker()).isTrue();
        assertThat(marker.versionId()).isEqualTo("null");
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly("null", numbered);
    }

    @Test
    void a_bucket_without_versioning_forgets_what_is_deleted_and_tells_no_version_ids() {
        // Given
        var bucket = world.bucket();
        var put = s3.putObject(request -> request.bucket(bucket.name()).key("key"), RequestBody.fromString("bytes"));
        // When
        var deleted = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(put.versionId()).isNull();
        assertThat(deleted.versionId()).isNull();
        assertThat(deleted.deleteMarker()).isNull();
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void a_version_that_is_not_there_is_404_and_an_id_that_is_none_is_400() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "bytes");
        // When
        var missing = catchThrowableOfType(S3Exception.class, () -> world.get(bucket, "key", "A".repeat(32)));
        var malformed = catchThrowableOfType(S3Exception.class, () -> world.get(bucket, "key", "short"));
        // Then
        assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("NoSuchVersion");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(malformed.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument");
        assertThat(malformed.statusCode()).isEqualTo(400);
    }

    @Test
    void every_change_is_told_with_its_version_and_a_sequencer_that_grows() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        // When
        var version = world.put(bucket, "key", "bytes");
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"))
                .versionId();
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key").versionId(version));
        // Then
        var changes = world.changesOf(bucket);
        assertThat(changes)
                .extracting(Change::name)
                .containsExactly(
                        EventName.OBJECT_CREATED_PUT,
                        EventName.OBJECT_REMOVED_DELETE_MARKER_CREATED,
                        EventName.OBJECT_REMOVED_DELETE);
        assertThat(changes)
                .extracting(change -> change.versionId().orElseThrow())
                .containsExactly(version, marker, version);
        assertThat(changes)
                .extracting(change -> change.sequencer().orElseThrow())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(changes.getFirst().size()).isEqualTo(5);
    }
}
