package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions, null versions, delete markers and conditions, as every store has to keep them. */
public abstract class VersionContract extends ObjectStoreContract {
    @Test
    void a_key_that_was_never_written_is_missing_and_has_an_empty_stack() {
        // When / Then
        assertThat(store().head(key("never"))).isEqualTo(new HeadAnswer.Missing());
        assertThat(store().stack(key("never")).layers()).isEmpty();
    }

    @Test
    void every_write_is_a_version_and_the_newest_comes_first() {
        // Given
        var first = put(key("a"), bytes(1, 10));
        var second = put(key("a"), bytes(2, 20));

        // When
        var stack = store().stack(key("a"));

        // Then
        assertThat(stack.layers()).extracting(VersionStack.Layer::id).containsExactly(second.id(), first.id());
        assertThat(stack.layers().getFirst()).isInstanceOfSatisfying(VersionStack.DataVersion.class, data -> {
            assertThat(data.eTag()).isEqualTo(second.eTag());
            assertThat(data.sizeBytes()).isEqualTo(20);
            assertThat(data.storageClass()).isEqualTo("STANDARD");
        });
        assertThat(present(key("a")).version().id()).isEqualTo(second.id());
        assertThat(read(key("a"), first.id())).isEqualTo(bytes(1, 10));
        assertThat(read(key("a"), second.id())).isEqualTo(bytes(2, 20));
    }

    @Test
    void a_stack_holds_exactly_its_own_key() {
        // Given
        var own = put(key("photo"), bytes(1, 1));
        put(key("photo/1"), bytes(2, 1));
        put(key("photo1"), bytes(3, 1));
        put(key("phot"), bytes(4, 1));

        // When
        var stack = store().stack(key("photo"));

        // Then
        assertThat(stack.layers()).extracting(VersionStack.Layer::id).containsExactly(own.id());
    }

    @Test
    void a_delete_marker_hides_the_object_and_keeps_its_versions() {
        // Given
        var data = put(key("a"), bytes(1, 10));

        // When
        var marker = store().putDeleteMarker(key("a"));

        // Then
        assertThat(store().head(key("a"))).isEqualTo(new HeadAnswer.DeleteMarker(marker));
        assertThat(store().stack(key("a")).layers())
                .extracting(VersionStack.Layer::id)
                .containsExactly(marker, data.id());
        assertThat(store().stack(key("a")).layers().getFirst()).isInstanceOf(VersionStack.Marker.class);
        assertThat(read(key("a"), data.id())).isEqualTo(bytes(1, 10));
    }

    @Test
    void rule_17_a_delete_marker_asked_for_by_its_version_says_what_it_is() {
        // Given
        put(key("a"), bytes(1, 10));
        var marker = store().putDeleteMarker(key("a"));

        // When / Then
        assertThat(store().head(new ObjectVersion(key("a"), marker))).isEqualTo(new HeadAnswer.DeleteMarker(marker));
    }

    @Test
    void rule_17_reading_a_delete_marker_is_reading_nothing() {
        // Given
        put(key("a"), bytes(1, 10));
        var marker = store().putDeleteMarker(key("a"));

        // When / Then
        assertFails(StoreFailure.NOT_FOUND, () -> store().open(new ObjectVersion(key("a"), marker), null, null));
    }

    @Test
    void a_marker_can_stand_on_a_key_that_was_never_written() {
        // When
        var marker = store().putDeleteMarker(key("a"));

        // Then
        assertThat(store().stack(key("a")).layers())
                .extracting(VersionStack.Layer::id)
                .containsExactly(marker);
    }

    @Test
    void a_removed_version_is_missing_and_the_one_below_is_current_again() {
        // Given
        var first = put(key("a"), bytes(1, 10));
        var second = put(key("a"), bytes(2, 20));

        // When
        fixture().remove(new ObjectVersion(key("a"), second.id()));

        // Then
        assertThat(store().head(new ObjectVersion(key("a"), second.id()))).isEqualTo(new HeadAnswer.Missing());
        assertThat(present(key("a")).version().id()).isEqualTo(first.id());
        assertFails(StoreFailure.NOT_FOUND, () -> read(key("a"), second.id()));
    }

    @Test
    void rule_20_a_suspended_bucket_overwrites_its_null_version_and_nothing_else() {
        // Given
        var numbered = put(key("a"), bytes(1, 10));
        fixture().setVersioning(bucket, Versioning.SUSPENDED);

        // When
        var nulls = List.of(
                put(key("a"), bytes(2, 10)).id(), put(key("a"), bytes(3, 10)).id());

        // Then
        assertThat(nulls).containsOnly(VersionId.NULL);
        assertThat(store().stack(key("a")).layers())
                .extracting(VersionStack.Layer::id)
                .containsExactly(VersionId.NULL, numbered.id());
        assertThat(read(key("a"), VersionId.NULL)).isEqualTo(bytes(3, 10));
        assertThat(read(key("a"), numbered.id())).isEqualTo(bytes(1, 10));
    }

    @Test
    void rule_20_a_delete_in_a_suspended_bucket_puts_a_null_marker() {
        // Given
        var numbered = put(key("a"), bytes(1, 10));
        fixture().setVersioning(bucket, Versioning.SUSPENDED);
        put(key("a"), bytes(2, 10));

        // When
        fixture().delete(key("a"));

        // Then
        assertThat(store().head(key("a"))).isEqualTo(new HeadAnswer.DeleteMarker(VersionId.NULL));
        assertThat(store().stack(key("a")).layers())
                .extracting(VersionStack.Layer::id)
                .containsExactly(VersionId.NULL, numbered.id());
    }

    @Test
    void objects_written_before_versioning_have_the_null_version() {
        // Given
        bucket = fixture().newBucket(Versioning.OFF);
        var written = put(key("a"), bytes(1, 10));
        fixture().setVersioning(bucket, Versioning.ENABLED);

        // When
        var above = put(key("a"), bytes(2, 10));

        // Then
        assertThat(written.id()).isEqualTo(VersionId.NULL);
        assertThat(store().stack(key("a")).layers())
                .extracting(VersionStack.Layer::id)
                .containsExactly(above.id(), VersionId.NULL);
        assertThat(read(key("a"), VersionId.NULL)).isEqualTo(bytes(1, 10));
    }

    @Test
    void a_write_that_wants_nothing_there_is_refused_where_something_is() {
        // Given
        put(key("a"), bytes(1, 10));
        var write = write(key("a"), 10, new Precondition.Nothing());

        // When / Then
        assertFails(StoreFailure.PRECONDITION, () -> put(write, bytes(2, 10)));
        assertThat(store().stack(key("a")).layers()).hasSize(1);
    }

    @Test
    void a_write_that_wants_nothing_there_passes_on_a_new_key_and_above_a_marker() {
        // Given
        var write = write(key("a"), 10, new Precondition.Nothing());
        put(write, bytes(1, 10));
        store().putDeleteMarker(key("a"));

        // When
        var above = put(write, bytes(2, 10));

        // Then
        assertThat(present(key("a")).version().id()).isEqualTo(above.id());
    }

    @Test
    void a_write_that_wants_an_etag_passes_only_while_it_is_current() {
        // Given
        var first = put(key("a"), bytes(1, 10));
        var write = write(key("a"), 10, new Precondition.StillETag(first.eTag()));

        // When
        var second = put(write, bytes(2, 10));

        // Then
        assertThat(present(key("a")).version().id()).isEqualTo(second.id());
        assertFails(StoreFailure.PRECONDITION, () -> put(write, bytes(3, 10)));
    }

    @Test
    void a_write_that_wants_an_etag_is_refused_where_nothing_is() {
        // Given
        var write = write(key("a"), 10, new Precondition.StillETag("0123456789abcdef0123456789abcdef"));

        // When / Then
        assertFails(StoreFailure.PRECONDITION, () -> put(write, bytes(1, 10)));
    }
}
