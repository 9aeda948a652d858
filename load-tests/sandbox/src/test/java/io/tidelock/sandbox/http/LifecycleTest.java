package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lifecycle rules do, on command. */
class LifecycleTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void an_expired_object_is_hidden_by_a_marker_that_no_user_made() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        world.put(bucket, "key", "bytes");
        // When
        var removal = bucket.expire("key");
        // Then
        refusal("NoSuchKey", () -> world.get(bucket, "key"));
        var change = world.changesOf(bucket).getLast();
        assertThat(change.name().text()).isEqualTo("LifecycleExpiration:DeleteMarkerCreated");
        assertThat(change.versionId()).isEqualTo(removal.versionId());
        assertThat(change.lifecycle()).isTrue();
        assertThat(change.sequencer()).isPresent();
        assertThat(world.alice
                        .listObjectVersions(request -> request.bucket(bucket.name()))
                        .deleteMarkers())
                .singleElement()
                .satisfies(marker -> {
                    assertThat(marker.versionId()).isEqualTo(removal.versionId().orElseThrow());
                    assertThat(marker.isLatest()).isTrue();
                });
    }

    @Test
    void a_version_that_is_no_longer_current_expires_for_good() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var old = world.put(bucket, "key", "old");
        world.put(bucket, "key", "new");
        // When
        bucket.expireVersion("key", old);
        // Then
        refusal("NoSuchVersion", () -> world.get(bucket, "key", old));
        assertThat(world.get(bucket, "key")).isEqualTo("new");
        assertThat(world.changesOf(bucket))
                .extracting(change -> change.name().text())
                .containsExactly("ObjectCreated:Put", "ObjectCreated:Put", "LifecycleExpiration:Delete");
    }

    @Test
    void in_a_bucket_without_versions_an_expired_object_is_gone() {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // When
        bucket.expire("key");
        // Then
        assertThat(bucket.versions("key")).isEmpty();
        assertThat(world.changesOf(bucket).stream()
                        .map(Change::name)
                        .toList()
                        .getLast()
                        .text())
                .isEqualTo("LifecycleExpiration:Delete");
    }
}
