package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.model.Version;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

class DeletesTest {
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

    private static ObjectIdentifier named(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }

    @Test
    void many_keys_go_at_once_each_with_its_own_answer() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var version = world.put(bucket, "by version", "x");
        world.put(bucket, "by key & <more>", "x");
        // When
        var answer = s3.deleteObjects(request -> request.bucket(bucket.name())
                .delete(delete -> delete.objects(
                        named("by version").toBuilder().versionId(version).build(),
                        named("by key & <more>"),
                        named("never was"),
                        named("bad").toBuilder().versionId("bad").build())));
        // Then
        assertThat(answer.deleted())
                .extracting(DeletedObject::key)
                .containsExactly("by version", "by key & <more>", "never was");
        assertThat(answer.deleted()).extracting(DeletedObject::deleteMarker).containsExactly(null, true, true);
        assertThat(answer.errors()).extracting(S3Error::code).containsExactly("NoSuchVersion");
        assertThat(bucket.versions("by version")).isEmpty();
        assertThat(bucket.versions("by key & <more>"))
                .extracting(Version::versionId)
                .first()
                .isEqualTo(answer.deleted().get(1).deleteMarkerVersionId());
    }

    @Test
    void a_delete_with_a_condition_hides_only_the_version_that_it_names() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var eTag = s3.putObject(request -> request.bucket(bucket.name()).key("key"), RequestBody.fromString("one"))
                .eTag();
        world.put(bucket, "key", "two");
        // When / Then
        assertThatThrownBy(() -> s3.deleteObject(
                        request -> request.bucket(bucket.name()).key("key").ifMatch(eTag)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(412));
        assertThatThrownBy(() -> s3.deleteObject(request ->
                        request.bucket(bucket.name()).key("never was").ifMatch(eTag)))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(404));
        assertThat(bucket.versions("key")).hasSize(2);
    }

    @Test
    void a_quiet_delete_tells_only_what_went_wrong() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "x");
        // When
        var answer = s3.deleteObjects(request -> request.bucket(bucket.name())
                .delete(delete -> delete.objects(named("key")).quiet(true)));
        // Then
        assertThat(answer.deleted()).isEmpty();
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void more_than_a_thousand_keys_are_refused() {
        // Given
        var bucket = world.bucket();
        List<ObjectIdentifier> keys =
                IntStream.range(0, 1001).mapToObj(i -> named("key-" + i)).toList();
        // Then
        refusal(
                "MalformedXML",
                () -> s3.deleteObjects(
                        request -> request.bucket(bucket.name()).delete(delete -> delete.objects(keys))));
    }

    @Test
    void deleting_a_version_that_is_not_there_is_no_error() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var version = world.put(bucket, "key", "x");
        // When
        var answer = s3.deleteObject(
                request -> request.bucket(bucket.name()).key("key").versionId("A".repeat(32)));
        // Then
        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThat(answer.deleteMarker()).isNull();
        assertThat(bucket.versions("key")).extracting(Version::versionId).containsExactly(version);
        assertThat(world.changesOf(bucket)).hasSize(1);
    }
}
