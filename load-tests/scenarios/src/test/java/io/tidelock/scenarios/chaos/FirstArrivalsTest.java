package io.tidelock.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.scenarios.verify.ReadVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstArrivalsTest {
    private static final ReadVersion FIRST = version("1", "a");
    private static final ReadVersion SECOND = version("2", "b");
    private static final ReadVersion MARKER = marker("m");
    private static final ReadVersion THIRD = version("3", "c");
    private static final List<ReadVersion> SOURCE = List.of(FIRST, SECOND, MARKER, THIRD);

    @Test
    void what_comes_in_the_order_of_the_source_is_in_order() {
        assertThat(violations(SOURCE, Set.of(), "a", "b", "m", "c")).isEmpty();
    }

    @Test
    void an_older_version_that_comes_after_a_newer_one_is_found() {
        assertThat(violations(SOURCE, Set.of(), "b", "a", "m", "c"))
                .singleElement()
                .asString()
                .isEqualTo("\"k\": entry 1 of 4 came after entry 2");
    }

    @Test
    void an_older_version_that_comes_late_is_found_even_where_the_newer_one_was_put_back_on_top() {
        assertThat(violations(SOURCE, Set.of(), "b", "a", "b", "m", "c")).hasSize(1);
    }

    @Test
    void a_copy_made_twice_and_what_is_put_back_on_top_are_no_disorder() {
        assertThat(violations(SOURCE, Set.of(), "a", "a", "b", "a", "b", "m", "c"))
                .isEmpty();
    }

    @Test
    void a_version_whose_event_was_told_again_may_come_late() {
        assertThat(violations(SOURCE, Set.of("1"), "b", "a", "m", "c")).isEmpty();
        assertThat(violations(SOURCE, Set.of("2"), "b", "a", "m", "c")).hasSize(1);
    }

    @Test
    void a_marker_that_comes_before_the_version_it_hides_is_found() {
        assertThat(violations(SOURCE, Set.of(), "a", "m", "b", "c"))
                .singleElement()
                .asString()
                .isEqualTo("\"k\": a delete marker was put above version 1 of 4 entries, where the source has none");
        assertThat(violations(SOURCE, Set.of("2"), "a", "m", "b", "c")).isEmpty();
    }

    @Test
    void a_marker_on_top_of_a_source_that_has_none_there_is_found() {
        assertThat(violations(SOURCE, Set.of(), "a", "b", "m", "c", "m")).hasSize(1);
    }

    @Test
    void what_took_effect_and_is_gone_is_found() {
        // Given
        var order = Map.of("k", List.of("ra", "rgone"));

        // When
        var violations = new FirstArrivals(
                        Map.of("k", List.of(FIRST)), Map.of("k", List.of(version("ra", "a"))), order, Set.of())
                .violations();

        // Then
        assertThat(violations).containsExactly("\"k\": rgone took effect at the destination and is not listed there");
    }

    @Test
    void versions_are_recognised_whatever_mark_they_carry() {
        // Given
        var replica = List.of(marked("r1", "b"), marked("r2", "a"));

        // When
        var violations = new FirstArrivals(
                        Map.of("k", SOURCE), Map.of("k", replica), Map.of("k", List.of("r1", "r2")), Set.of())
                .violations();

        // Then
        assertThat(violations).hasSize(1);
    }

    /** The entries that a destination has whose versions of such bytes took effect in this order; {@code m} is a marker. */
    private static List<String> violations(List<ReadVersion> source, Set<String> mayBeLate, String... arrivals) {
        var replica = new ArrayList<ReadVersion>();
        for (var bytes : arrivals) {
            var id = "r" + replica.size();
            replica.add(bytes.equals("m") ? marker(id) : marked(id, bytes));
        }
        var order = Map.of("k", replica.stream().map(ReadVersion::versionId).toList());
        return new FirstArrivals(Map.of("k", source), Map.of("k", replica), order, mayBeLate).violations();
    }

    private static ReadVersion version(String id, String bytes) {
        return entry(id, false, bytes, Map.of("write", bytes));
    }

    private static ReadVersion marked(String id, String bytes) {
        return entry(id, false, bytes, Map.of("write", bytes, "tidelock-origin", "of " + id));
    }

    private static ReadVersion marker(String id) {
        return entry(id, true, "", Map.of());
    }

    private static ReadVersion entry(String id, boolean marker, String bytes, Map<String, String> metadata) {
        return new ReadVersion(
                "k", id, marker, bytes.length(), bytes, Map.of(), metadata, Map.of(), "none", "STANDARD", "owner");
    }
}
