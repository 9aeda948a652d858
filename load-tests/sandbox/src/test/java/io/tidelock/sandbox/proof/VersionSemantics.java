package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Versions, null versions and delete markers (UG: Retaining multiple versions of objects with S3 Versioning). */
abstract class VersionSemantics extends ObjectSemantics {
    VersionSemantics(ServerUnderTest server) {
        super(server);
    }

    private List<ObjectVersion> versions() {
        return s3().listObjectVersions(b -> b.bucket(bucket)).versions();
    }

    private List<DeleteMarkerEntry> markers() {
        return s3().listObjectVersions(b -> b.bucket(bucket)).deleteMarkers();
    }

    private static boolean saysMarker(S3Exception refused) {
        return refused.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-delete-marker")
                .filter("true"::equals)
                .isPresent();
    }

    @Test
    void an_overwritten_object_keeps_its_versions_newest_first() {
        // Given
        var first = put("k", "one").versionId();
        var second = put("k", "two").versionId();
        // When
        var listed = versions();
        // Then
        assertThat(first).isNotEqualTo(second);
        assertThat(listed).extracting(ObjectVersion::versionId).containsExactly(second, first);
        assertThat(listed).extracting(ObjectVersion::isLatest).containsExactly(true, false);
        assertThat(listed).extracting(ObjectVersion::size).containsExactly(3L, 3L);
        assertThat(get("k")).isEqualTo("two");
        assertThat(get("k", first)).isEqualTo("one");
        assertThat(s3().headObject(b -> b.bucket(bucket).key("k")).versionId()).isEqualTo(second);
    }

    @Test
    void a_delete_marker_hides_the_object_and_keeps_its_versions() {
        // Given
        var version = put("k", "one").versionId();
        // When
        var deleted = delete("k");
        // Then
        assertThat(deleted.deleteMarker()).isTrue();
        assertThat(markers()).singleElement().satisfies(marker -> {
            assertThat(marker.versionId()).isEqualTo(deleted.versionId());
            assertThat(marker.isLatest()).isTrue();
        });
        assertThat(versions()).singleElement().satisfies(kept -> {
            assertThat(kept.versionId()).isEqualTo(version);
            assertThat(kept.isLatest()).isFalse();
        });
        assertThat(get("k", version)).isEqualTo("one");
        assertThat(s3().listObjectsV2(b -> b.bucket(bucket)).contents()).isEmpty();
    }

    @Test
    void reading_under_a_marker_is_not_found_and_says_so() {
        put("k", "one");
        delete("k");
        var get = refused(404, "NoSuchKey", () -> get("k"));
        assertThat(saysMarker(get)).isTrue();
        var head = refused(404, () -> s3().headObject(b -> b.bucket(bucket).key("k")));
        assertThat(saysMarker(head)).isTrue();
    }

    @Test
    void reading_a_marker_itself_is_not_allowed() {
        put("k", "one");
        var marker = delete("k").versionId();
        var get = refused(405, "MethodNotAllowed", () -> get("k", marker));
        assertThat(saysMarker(get)).isTrue();
        refused(405, () -> s3().headObject(b -> b.bucket(bucket).key("k").versionId(marker)));
    }

    @Test
    void removing_the_marker_brings_the_object_back() {
        put("k", "one");
        var marker = delete("k").versionId();
        var removed = delete("k", marker);
        assertThat(removed.deleteMarker()).isTrue();
        assertThat(removed.versionId()).isEqualTo(marker);
        assertThat(get("k")).isEqualTo("one");
        assertThat(markers()).isEmpty();
    }

    @Test
    void deleting_what_is_not_there_makes_a_marker_each_time() {
        delete("k");
        delete("k");
        assertThat(markers()).extracting(DeleteMarkerEntry::isLatest).containsExactly(true, false);
    }

    @Test
    void removing_the_newest_version_makes_the_next_one_current() {
        put("k", "one");
        var second = put("k", "two").versionId();
        var removed = delete("k", second);
        assertThat(removed.versionId()).isEqualTo(second);
        assertThat(removed.deleteMarker()).isNotEqualTo(true);
        assertThat(get("k")).isEqualTo("one");
        assertThat(versions())
                .singleElement()
                .satisfies(last -> assertThat(last.isLatest()).isTrue());
        refused(404, "NoSuchVersion", () -> get("k", second));
    }

    @Test
    void without_versioning_an_object_is_overwritten_and_has_no_version_id() {
        bucket = newBucket();
        assertThat(put("k", "one").versionId()).isNull();
        put("k", "two");
        assertThat(get("k")).isEqualTo("two");
        assertThat(versions())
                .singleElement()
                .satisfies(only -> assertThat(only.versionId()).isEqualTo("null"));
        assertThat(delete("k").deleteMarker()).isNull();
        assertThat(versions()).isEmpty();
        assertThat(markers()).isEmpty();
    }

    @Test
    void what_was_written_before_versioning_is_the_null_version() {
        // Given
        bucket = newBucket();
        put("k", "before");
        // When
        versioning(BucketVersioningStatus.ENABLED);
        var second = put("k", "after").versionId();
        // Then
        assertThat(versions()).extracting(ObjectVersion::versionId).containsExactly(second, "null");
        assertThat(get("k", "null")).isEqualTo("before");
        assertThat(get("k")).isEqualTo("after");
    }

    @Test
    void suspended_versioning_replaces_the_null_version_only() {
        // Given
        var kept = put("k", "kept").versionId();
        versioning(BucketVersioningStatus.SUSPENDED);
        // When
        put("k", "null one");
        put("k", "null two");
        // Then
        assertThat(versions()).extracting(ObjectVersion::versionId).containsExactly("null", kept);
        assertThat(get("k")).isEqualTo("null two");
        assertThat(get("k", kept)).isEqualTo("kept");
    }

    @Test
    void a_delete_under_suspended_versioning_puts_a_null_marker_in_the_null_versions_place() {
        // Given
        var kept = put("k", "kept").versionId();
        versioning(BucketVersioningStatus.SUSPENDED);
        put("k", "null one");
        // When
        var deleted = delete("k");
        // Then
        assertThat(deleted.deleteMarker()).isTrue();
        assertThat(deleted.versionId()).isEqualTo("null");
        assertThat(versions()).extracting(ObjectVersion::versionId).containsExactly(kept);
        assertThat(markers()).extracting(DeleteMarkerEntry::versionId).containsExactly("null");
        refused(404, "NoSuchKey", () -> get("k"));
        delete("k", "null");
        assertThat(get("k")).isEqualTo("kept");
    }

    @Test
    void the_state_of_versioning_is_read_back() {
        var fresh = newBucket();
        assertThat(s3().getBucketVersioning(b -> b.bucket(fresh)).status()).isNull();
        assertThat(s3().getBucketVersioning(b -> b.bucket(bucket)).status()).isEqualTo(BucketVersioningStatus.ENABLED);
        versioning(BucketVersioningStatus.SUSPENDED);
        assertThat(s3().getBucketVersioning(b -> b.bucket(bucket)).status())
                .isEqualTo(BucketVersioningStatus.SUSPENDED);
    }

    @Test
    void many_are_deleted_at_once_some_by_version() {
        // Given
        var first = put("a", "one").versionId();
        put("b", "two");
        // When
        var answer = s3().deleteObjects(b -> b.bucket(bucket)
                .delete(d -> d.objects(
                        ObjectIdentifier.builder().key("a").versionId(first).build(),
                        ObjectIdentifier.builder().key("b").build(),
                        ObjectIdentifier.builder().key("missing").build())));
        // Then
        assertThat(answer.errors()).isEmpty();
        assertThat(answer.deleted()).hasSize(3);
        assertThat(versions())
                .singleElement()
                .satisfies(left -> assertThat(left.key()).isEqualTo("b"));
        assertThat(markers()).extracting(DeleteMarkerEntry::key).containsExactlyInAnyOrder("b", "missing");
    }

    @Test
    void a_bucket_with_versions_or_markers_is_not_empty() {
        put("k", "one");
        delete("k");
        refused(409, "BucketNotEmpty", () -> s3().deleteBucket(b -> b.bucket(bucket)));
    }
}
