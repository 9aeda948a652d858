package io.tidelock.scenarios.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.scenarios.traffic.Step.Copy;
import io.tidelock.scenarios.traffic.Step.Delete;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import io.tidelock.scenarios.traffic.Step.Put;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficPlanTest {
    private static final long LARGEST = 64L * 1024 * 1024;

    @Test
    void the_same_seed_plans_the_same_steps() {
        assertThat(steps(1, 500)).isEqualTo(steps(1, 500));
        assertThat(steps(1, 500)).isNotEqualTo(steps(2, 500));
    }

    @Test
    void two_thousand_steps_hold_every_kind_of_object() {
        // When
        var steps = steps(1, 2_000);

        // Then
        var puts = steps.stream()
                .filter(Put.class::isInstance)
                .map(Put.class::cast)
                .toList();
        assertThat(puts).anyMatch(put -> put.content().sizeBytes() == 0);
        assertThat(puts).anyMatch(put -> put.content().sizeBytes() == LARGEST);
        assertThat(puts).anyMatch(put -> !put.attributes().tags().isEmpty());
        assertThat(puts).anyMatch(put -> put.attributes().headers().containsKey("expires"));
        assertThat(puts).anyMatch(put -> put.attributes().metadata().containsKey("long"));
        assertThat(puts.stream().map(put -> put.attributes().encryption()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(EncryptionWish.values());
        assertThat(broughtBack(steps)).isPositive();
        assertThat(puts.stream().map(Put::key).distinct().count()).isLessThan(puts.size());
        assertThat(steps.stream().filter(Delete.class::isInstance)).hasSizeBetween(100, 300);
        assertThat(steps.stream().filter(Copy.class::isInstance)).hasSizeBetween(20, 80);
        assertThat(puts.stream().mapToLong(put -> put.content().sizeBytes()).sum())
                .isBetween(100_000_000L, 600_000_000L);
    }

    @Test
    void deletes_and_copies_name_keys_that_are_there_and_a_copy_makes_a_new_one() {
        for (long seed = 1; seed <= 5; seed++) {
            var there = new HashSet<String>();
            for (var step : steps(seed, 2_000)) {
                switch (step) {
                    case Put put -> there.add(put.key());
                    case Copy(var from, var key) -> {
                        assertThat(there).as("seed %d", seed).contains(from).doesNotContain(key);
                        there.add(key);
                    }
                    case Delete(var key) ->
                        assertThat(there).as("seed %d", seed).contains(key);
                }
            }
        }
    }

    @Test
    void no_object_is_larger_than_asked() {
        var plan = new TrafficPlan(3, 1_000);
        var sizes = Stream.generate(plan::next)
                .limit(500)
                .filter(Put.class::isInstance)
                .map(step -> ((Put) step).content().sizeBytes())
                .toList();
        assertThat(sizes).allMatch(size -> size <= 1_000).contains(1_000L);
    }

    @Test
    void odd_keys_fit_into_s3_and_differ() {
        var keys = Stream.iterate(0, number -> number + 1)
                .limit(200)
                .map(OddKeys::of)
                .toList();
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.getBytes(UTF_8).length <= 1_024);
        assertThat(keys).anyMatch(key -> key.getBytes(UTF_8).length == 1_024);
    }

    @Test
    void content_is_the_same_each_time_it_is_opened_and_as_long_as_said() throws Exception {
        for (long size : new long[] {0, 1, 7, 8, 9, 8_191, 8_192, 8_193, 100_000}) {
            var content = new Content(size, 42);
            byte[] once;
            byte[] again;
            try (var first = content.open();
                    var second = content.open()) {
                once = first.readAllBytes();
                again = second.readAllBytes();
            }
            assertThat(once).hasSize((int) size).isEqualTo(again);
            assertThat(Arrays.equals(once, new Content(size, 43).open().readAllBytes()))
                    .isEqualTo(size == 0);
        }
    }

    private static long broughtBack(List<Step> steps) {
        var deleted = new HashSet<String>();
        var count = 0L;
        for (var step : steps) {
            switch (step) {
                case Put put -> count += deleted.remove(put.key()) ? 1 : 0;
                case Copy _ -> {}
                case Delete(var key) -> deleted.add(key);
            }
        }
        return count;
    }

    private static List<Step> steps(long seed, int count) {
        var plan = new TrafficPlan(seed, LARGEST);
        return Stream.generate(plan::next).limit(count).toList();
    }
}
