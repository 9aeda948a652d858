package io.tidelock.replicator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 12: what the source still lists decides; of what it has removed the sequencer, and failing that the time. */
class SourceOrderTest {
    private static final Bucket ORIGINALS = new Bucket("paris", "originals");
    private static final ObjectKey KEY = new ObjectKey(ORIGINALS, "a/key");

    private static Instant at(double second) {
        return Instant.ofEpochMilli(1_800_000_000_000L + Math.round(second * 1000));
    }

    private static DataVersion data(String id, double second) {
        return new DataVersion(new VersionId(id), at(second), "e-" + id, 3, "STANDARD");
    }

    private static Marker marker(String id, double second) {
        return new Marker(new VersionId(id), at(second));
    }

    private static OriginMark mark(String id, @Nullable String sequencer, double second) {
        return new OriginMark(
                ORIGINALS,
                new VersionId(id),
                sequencer == null ? null : new Sequencer(sequencer),
                at(second),
                null,
                Kind.IN_ORDER);
    }

    private static OriginMark markOfNull(String eTag, double second) {
        return new OriginMark(ORIGINALS, VersionId.NULL, null, at(second), eTag, Kind.IN_ORDER);
    }

    private static SourceOrder around(String id, @Nullable String sequencer, Layer... newestFirst) {
        var subject = new Subject(new VersionId(id), sequencer == null ? null : new Sequencer(sequencer), null);
        return Objects.requireNonNull(
                SourceOrder.around(subject, new VersionStack(KEY, List.of(newestFirst))), "the listing has no " + id);
    }

    @Test
    void an_entry_that_the_source_does_not_list_has_no_place() {
        assertThat(SourceOrder.around(
                        Subject.listed(new VersionId("gone")), new VersionStack(KEY, List.of(data("v1", 1)))))
                .isNull();
    }

    @Test
    void rule_12_places_in_the_listing_decide_whatever_times_and_sequencers_say() {
        // Given
        var order = around("v2", "0B", data("v3", 1), data("v2", 2), data("v1", 3));

        // Then
        assertThat(order.isNewer(mark("v3", "0A", 1))).isTrue();
        assertThat(order.isOlder(mark("v3", "0A", 1))).isFalse();
        assertThat(order.isNewer(mark("v1", "0C", 3))).isFalse();
        assertThat(order.isOlder(mark("v1", "0C", 3))).isTrue();
        assertThat(order.isNewer(mark("v2", "0C", 9))).isFalse();
        assertThat(order.isOlder(mark("v2", "0A", 0))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // ours, theirs, at second, newer, older
        "0B, 0C, 1.0, true, false",
        "0B, 0A, 9.0, false, true",
        "0B, 0B, 9.0, false, false",
        "0B, , 9.0, true, false",
        "0B, , 1.0, false, true",
        ", 0A, 9.0, true, false",
        ", , 5.0, false, false",
        ", , 5.4, true, false",
        ", , 4.4, false, true",
    })
    void rule_43_of_what_was_removed_sequencers_decide_and_without_them_times(
            @Nullable String ours, @Nullable String theirs, double second, boolean newer, boolean older) {
        // Given
        var order = around("v2", ours, data("v2", 5));

        // Then
        assertThat(order.isNewer(mark("removed", theirs, second))).isEqualTo(newer);
        assertThat(order.isOlder(mark("removed", theirs, second))).isEqualTo(older);
    }

    @Test
    void rule_12_of_one_second_nothing_that_was_removed_is_older() {
        // Given
        var order = around("v2", null, data("v2", 5.9));

        // Then
        assertThat(order.isOlder(mark("removed", null, 5.1))).isFalse();
        assertThat(order.isOlder(mark("removed", null, 4.9))).isTrue();
    }

    @Test
    void of_two_replicas_the_listing_tells_the_newer_one_and_times_where_one_was_removed() {
        // Given
        var order = around("v1", null, data("v3", 1), data("v2", 7), data("v1", 3));

        // Then
        assertThat(order.isNewer(mark("v3", null, 1), mark("v2", null, 7))).isTrue();
        assertThat(order.isNewer(mark("v2", null, 7), mark("v3", null, 1))).isFalse();
        assertThat(order.isNewer(mark("v2", null, 7), mark("v2", null, 7))).isFalse();
        assertThat(order.isNewer(mark("removed", null, 8), mark("v3", null, 1))).isTrue();
        assertThat(order.isNewer(mark("v3", null, 1), mark("removed", null, 0))).isTrue();
        assertThat(order.isNewer(mark("v3", null, 1), mark("removed", null, 1))).isFalse();
    }

    @Test
    void rule_20_a_null_version_is_that_one_only_with_its_etag_and_time() {
        // Given
        var order = around("v1", null, data("null", 5.2), data("v1", 5));

        // Then
        assertThat(order.isNewer(markOfNull("e-null", 5.8))).isTrue();
        assertThat(order.isNewer(markOfNull("overwritten", 4.8))).isFalse();
        assertThat(order.isNewer(markOfNull("e-null", 4.8))).isFalse();
    }

    @Test
    void markers_above_and_below_are_told_apart_and_by_their_time() {
        // Given
        var order = around("v2", null, data("v3", 5), marker("m2", 4), data("v2", 3), data("v1", 1));
        var undone = around("v2", null, data("v2", 3), marker("m1", 2), data("v1", 1));

        // Then
        assertThat(order.hasMarkerAbove()).isTrue();
        assertThat(order.hasMarkerBelow()).isFalse();
        assertThat(order.hasMarkerAbove(at(4.5))).isTrue();
        assertThat(order.hasMarkerAbove(at(4))).isFalse();
        assertThat(order.hasMarkerAbove(mark("v1", null, 1), at(5))).isTrue();
        assertThat(order.hasMarkerAbove(mark("v3", null, 5), at(9))).isFalse();
        assertThat(order.hasMarkerAbove(mark("removed", null, 2), at(9))).isFalse();
        assertThat(undone.hasMarkerAbove()).isFalse();
        assertThat(undone.hasMarkerBelow()).isTrue();
    }

    @Test
    void markers_below_an_origin_only_are_told_from_those_above_it() {
        // Given
        var order = around("v2", null, data("v3", 5), marker("m2", 4), data("v2", 3), data("v1", 1));

        // Then
        assertThat(order.hasMarkersOnlyBelow(mark("v3", null, 5))).isTrue();
        assertThat(order.hasMarkersOnlyBelow(mark("v2", null, 3))).isFalse();
        assertThat(order.hasMarkersOnlyBelow(mark("removed", null, 9))).isFalse();
        assertThat(around("v1", null, data("v1", 1)).hasMarkersOnlyBelow(mark("v1", null, 1)))
                .isFalse();
    }

    @Test
    void data_above_and_below_leave_out_the_entry_and_the_markers() {
        // Given
        var order = around("v2", null, data("v3", 5), marker("m2", 4), data("v2", 3), marker("m1", 2), data("v1", 1));

        // Then
        assertThat(order.data()).containsExactly(new VersionId("v3"), new VersionId("v2"), new VersionId("v1"));
        assertThat(order.dataAbove()).containsExactly(new VersionId("v3"));
        assertThat(order.dataBelow()).containsExactly(new VersionId("v1"));
        assertThat(order.below()).hasSize(2);
        assertThat(order.layer()).isEqualTo(data("v2", 3));
    }
}
