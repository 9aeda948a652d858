package io.tidelock.ingest.decode;

import static io.tidelock.ingest.decode.Notifications.decode;
import static io.tidelock.ingest.decode.Notifications.eventBridge;
import static io.tidelock.ingest.decode.Notifications.only;
import static io.tidelock.ingest.decode.Notifications.s3;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.decode.Decoded.Events;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.json.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {
    private static String kind(BucketEvent event) {
        return switch (event) {
            case ObjectCreated _ -> "created";
            case DeleteMarkerCreated _ -> "marker";
            case VersionRemoved _ -> "removed";
            case MetadataChanged changed -> changed.aspect().name();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "S3, ObjectCreated:Put, created, REQUEST",
        "S3, ObjectCreated:Post, created, REQUEST",
        "S3, ObjectCreated:Copy, created, REQUEST",
        "S3, ObjectCreated:CompleteMultipartUpload, created, REQUEST",
        "S3, ObjectCreated:SomethingNew, created, REQUEST",
        "S3, ObjectRemoved:Delete, removed, REQUEST",
        "S3, ObjectRemoved:DeleteMarkerCreated, marker, REQUEST",
        "S3, LifecycleExpiration:Delete, removed, LIFECYCLE",
        "S3, LifecycleExpiration:DeleteMarkerCreated, marker, LIFECYCLE",
        "S3, ObjectTagging:Put, TAGS, REQUEST",
        "S3, ObjectTagging:Delete, TAGS, REQUEST",
        "S3, ObjectAcl:Put, ACL, REQUEST",
        "S3, ObjectRestore:Completed, created, REQUEST",
        "MINIO, s3:ObjectCreated:Put, created, REQUEST",
        "MINIO, s3:ObjectCreated:PutTagging, TAGS, REQUEST",
        "MINIO, s3:ObjectCreated:DeleteTagging, TAGS, REQUEST",
        "MINIO, s3:ObjectCreated:PutRetention, RETENTION, REQUEST",
        "MINIO, s3:ObjectCreated:PutLegalHold, LEGAL_HOLD, REQUEST",
        "MINIO, s3:ObjectRemoved:Delete, removed, REQUEST",
        "MINIO, s3:ObjectRemoved:DeleteMarkerCreated, marker, REQUEST",
        "MINIO, s3:ObjectRemoved:DeleteAllVersions, removed, REQUEST",
        "MINIO, s3:LifecycleDelMarkerExpiration:Delete, removed, LIFECYCLE",
        "CEPH, ObjectSynced:Create, created, REPLICATION",
        "CEPH, s3:ObjectSynced:Delete, removed, REPLICATION",
        "CEPH, ObjectSynced:DeletionMarkerCreated, marker, REPLICATION",
        "CEPH, Replication:Create, created, REPLICATION",
        "CEPH, ObjectLifecycle:Expiration:Current, marker, LIFECYCLE",
        "CEPH, ObjectLifecycle:Expiration:Noncurrent, removed, LIFECYCLE",
        "CEPH, ObjectLifecycle:Expiration:NonCurrent, removed, LIFECYCLE",
        "CEPH, ObjectLifecycle:Expiration:DeleteMarker, removed, LIFECYCLE"
    })
    void rule_48_and_14_a_name_means_the_same_whoever_spells_it(
            SourceFormat format, String name, String kind, Cause cause) {
        // When
        var event = only(decode(format, s3(name, Map.of("key", "k", "eTag", "e", "versionId", "v"))));
        // Then
        assertThat(kind(event)).isEqualTo(kind);
        assertThat(event.occurrence().cause()).isEqualTo(cause);
        assertThat(event.occurrence().name()).isEqualTo(name.replaceFirst("^s3:", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "ObjectRemoved:NoOP, NO_CHANGE",
        "ObjectAccessed:Get, NO_CHANGE",
        "Scanner:ManyVersions, NO_CHANGE",
        "ReducedRedundancyLostObject, NO_CHANGE",
        "ObjectRestore:Post, STORAGE_CLASS",
        "ObjectRestore:Delete, STORAGE_CLASS",
        "LifecycleTransition, STORAGE_CLASS",
        "IntelligentTiering, STORAGE_CLASS",
        "ObjectTransition:Complete, STORAGE_CLASS",
        "ObjectLifecycle:Transition:Current, STORAGE_CLASS",
        "ObjectLifecycle:Expiration:AbortMPU, UPLOAD",
        "Replication:OperationFailedReplication, REPLICATION_REPORT",
        "Replication:OperationMissedThreshold, REPLICATION_REPORT",
        "BucketCreated:*, BUCKET",
        "ObjectAnnotation:Put, ANNOTATION"
    })
    void rule_48_what_is_no_change_of_an_object_is_ignored_with_its_reason(String name, IgnoredReason reason) {
        for (var prefix : List.of("", "s3:")) {
            // When
            var decoded = decode(SourceFormat.MINIO, s3(prefix + name, Map.of()));
            // Then
            assertThat(decoded).isEqualTo(new Events(List.of(), List.of(reason), List.of(), Set.of()));
        }
    }

    @ParameterizedTest
    @CsvSource({"ObjectRemoved:Vanished", "Weather:Rain", "''", "ObjectLifecycle:Eclipse", "ObjectSynced:Other"})
    void a_name_that_is_not_known_is_kept_for_a_person(String name) {
        // When
        var decoded = decode(SourceFormat.S3, s3(name, Map.of("key", "k")));
        // Then
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.flaw()).isIn(Flaw.UNKNOWN_EVENT, Flaw.MISSING_FIELD));
    }

    @Test
    void rule_14_minio_tells_lifecycle_only_by_its_user_agent() {
        // When
        var event = only("minio-ilm-delete.json");
        // Then
        assertThat(event).isInstanceOf(DeleteMarkerCreated.class);
        assertThat(event.occurrence().cause()).isEqualTo(Cause.LIFECYCLE);
    }

    @Test
    void rule_14_that_user_agent_means_nothing_on_a_created_object_or_from_another_store() {
        // Given
        var put = new String(Notifications.sample("minio-ilm-delete.json"), java.nio.charset.StandardCharsets.UTF_8)
                .replace("ObjectRemoved:DeleteMarkerCreated", "ObjectCreated:Put");
        var other = new String(Notifications.sample("minio-ilm-delete.json"), java.nio.charset.StandardCharsets.UTF_8)
                .replace("minio:s3", "aws:s3");
        // Then
        assertThat(only(decode(SourceFormat.MINIO, put)).occurrence().cause()).isEqualTo(Cause.REQUEST);
        assertThat(only(decode(SourceFormat.S3, other)).occurrence().cause()).isEqualTo(Cause.REQUEST);
    }

    @Test
    void rule_14_aws_lifecycle_is_told_by_its_name() {
        // When
        var event = only("aws-lifecycle-expiration.json");
        // Then
        assertThat(event).isInstanceOf(VersionRemoved.class);
        assertThat(event.occurrence().cause()).isEqualTo(Cause.LIFECYCLE);
        assertThat(event.occurrence().versionId()).isEqualTo(VersionId.NULL);
    }

    @Test
    void rule_48_removal_of_all_versions_names_none() {
        // When
        var event = only(decode(
                SourceFormat.MINIO,
                s3("s3:ObjectRemoved:DeleteAllVersions", Map.of("key", "k", "versionId", "one-of-them"))));
        // Then
        assertThat(event.occurrence().versionId()).isNull();
    }

    @Test
    void rule_48_a_multipart_upload_that_begins_in_ceph_is_no_object() {
        // Given
        var begun = s3("ObjectCreated:Post", Map.of("key", "k", "eTag", ""));
        var posted = s3("ObjectCreated:Post", Map.of("key", "k", "eTag", "e"));
        // Then
        assertThat(decode(SourceFormat.CEPH, begun))
                .isEqualTo(new Events(List.of(), List.of(IgnoredReason.UPLOAD), List.of(), Set.of()));
        assertThat(only(decode(SourceFormat.CEPH, posted))).isInstanceOf(ObjectCreated.class);
        assertThat(only(decode(SourceFormat.S3, begun))).isInstanceOf(ObjectCreated.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Object Created, PutObject, ObjectCreated:Put, created",
        "Object Created, POST Object, ObjectCreated:Post, created",
        "Object Created, CopyObject, ObjectCreated:Copy, created",
        "Object Created, CompleteMultipartUpload, ObjectCreated:CompleteMultipartUpload, created",
        "Object Tags Added, -, ObjectTagging:Put, TAGS",
        "Object Tags Deleted, -, ObjectTagging:Delete, TAGS",
        "Object ACL Updated, -, ObjectAcl:Put, ACL"
    })
    void rule_48_eventbridge_types_get_the_names_of_notifications(
            String type, String reason, String name, String kind) {
        // When
        var event = only(decode(
                SourceFormat.EVENTBRIDGE,
                eventBridge(
                        type, Map.of("bucket", Map.of("name", "b"), "object", Map.of("key", "k"), "reason", reason))));
        // Then
        assertThat(event.occurrence().name()).isEqualTo(name);
        assertThat(kind(event)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "DeleteObject, 111122223333, Delete Marker Created, ObjectRemoved:DeleteMarkerCreated, marker, REQUEST",
        "DeleteObject, 111122223333, Permanently Deleted, ObjectRemoved:Delete, removed, REQUEST",
        "Lifecycle Expiration, 111122223333, Permanently Deleted, LifecycleExpiration:Delete, removed, LIFECYCLE",
        "DeleteObject, s3.amazonaws.com, Delete Marker Created, LifecycleExpiration:DeleteMarkerCreated, marker,"
                + " LIFECYCLE"
    })
    void rule_14_eventbridge_tells_lifecycle_by_reason_or_requester(
            String reason, String requester, String deletion, String name, String kind, Cause cause) {
        // When
        var event = only(decode(
                SourceFormat.EVENTBRIDGE,
                eventBridge(
                        "Object Deleted",
                        Map.of(
                                "bucket",
                                Map.of("name", "b"),
                                "object",
                                Map.of("key", "k"),
                                "reason",
                                reason,
                                "requester",
                                requester,
                                "deletion-type",
                                deletion))));
        // Then
        assertThat(event.occurrence().name()).isEqualTo(name);
        assertThat(event.occurrence().cause()).isEqualTo(cause);
        assertThat(kind(event)).isEqualTo(kind);
    }

    @Test
    void an_eventbridge_deletion_of_an_unknown_type_is_kept_for_a_person() {
        // When
        var decoded = decode(
                SourceFormat.EVENTBRIDGE,
                eventBridge("Object Deleted", Map.of("bucket", Map.of("name", "b"), "object", Map.of("key", "k"))));
        // Then
        assertThat(decoded).isEqualTo(new Malformed(Flaw.MISSING_FIELD, "$.detail.deletion-type is missing"));
    }
}
