package io.tidelock.ingest.decode;

import static io.tidelock.ingest.decode.Notifications.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that a Ceph RGW 16.2 really sent. */
final class CephSamplesTest {
    @Test
    void a_put_says_all_that_the_domain_asks_for() {
        // When
        var event = only("ceph-04-put-v1-tags-meta.json");
        // Then
        assertThat(event)
                .isEqualTo(new ObjectCreated(
                        new Occurrence(
                                new ObjectKey(new Bucket("paris", "ev6"), "dir/\u00e4 b+c&.txt"),
                                new VersionId("4hRKe9bWNUVF.CShXZ6dR149JNJt39o"),
                                Instant.parse("2026-11-23T12:20:41.012695Z"),
                                new Sequencer("6B042F990424D42D"),
                                "alice",
                                "ObjectCreated:Put",
                                Cause.REQUEST),
                        2L,
                        "6654c734ccab8f440ff0825eb443dc7f"));
    }

    @ParameterizedTest
    @CsvSource({
        "ceph-01-unversioned-put, created, ",
        "ceph-02-unversioned-delete, marker, ",
        "ceph-03-unversioned-delete-missing, marker, ",
        "ceph-05-put-v2-overwrite, created, ntjNWTFdenN8M4FXQvQz4bf7L020avg",
        "ceph-06-delete-marker-created, marker, ",
        "ceph-07-delete-version, removed, 4hRKe9bWNUVF.CShXZ6dR149JNJt39o",
        "ceph-08-delete-the-marker, removed, 7tXUs5NZOJ4ZUqJgLjhW0FsScnO8HGn",
        "ceph-09-zero-byte-put, created, q.uWO3d0hmtp8vLk9zECiXEjgo3J-he",
        "ceph-10-multipart-complete, created, ",
        "ceph-11-copy, created, ",
        "ceph-12-kms-put, created, vzsNXthBV-MZjC0gz9BhqwS5dGKvIXw",
        "ceph-13-put-by-other-user, created, tv-EdsCPBugrVq7kPTukf9Wpm.RxNjq",
        "ceph-14-suspended-null-put, created, ",
        "ceph-15-suspended-null-delete, marker, "
    })
    void an_empty_version_id_is_unknown_and_a_removal_without_one_may_be_a_marker(
            String sample, String kind, @Nullable String version) {
        // When
        var event = only(sample + ".json");
        // Then
        var type = switch (kind) {
            case "created" -> ObjectCreated.class;
            case "marker" -> DeleteMarkerCreated.class;
            default -> VersionRemoved.class;
        };
        assertThat(event).isInstanceOf(type);
        assertThat(event.occurrence().versionId()).isEqualTo(version == null ? null : new VersionId(version));
    }

    @Test
    void rule_45_the_changes_of_one_key_stand_in_the_order_in_which_they_were_made() {
        // Given
        var samples = List.of(
                "ceph-04-put-v1-tags-meta.json",
                "ceph-05-put-v2-overwrite.json",
                "ceph-06-delete-marker-created.json",
                "ceph-07-delete-version.json",
                "ceph-08-delete-the-marker.json");
        // When
        var sequencers = samples.stream()
                .map(sample -> Objects.requireNonNull(only(sample).occurrence().sequencer()))
                .toList();
        // Then
        assertThat(sequencers).isSorted().doesNotHaveDuplicates();
    }
}
