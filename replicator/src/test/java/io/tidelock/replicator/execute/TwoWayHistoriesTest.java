package io.tidelock.replicator.execute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of a key that people write on both sides of two buckets that replicate to each other. Whatever comes late,
 * twice or in any order, and however often the replicator dies: it comes to rest, both sides show the same, and that is
 * the change that was made last.
 */
class TwoWayHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("tidelock.histories", 2_000);
    private static final int FIRST_SEED = Integer.getInteger("tidelock.histories.from", 0);
    private static final int CHANGES_MAX = 8;

    @Test
    void rule_35_and_49_both_sides_come_to_rest_with_the_latest_change() throws InterruptedException {
        for (var seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            generated(PlantedFault.NONE).judge(seed);
        }
    }

    /** Histories that went wrong once: markers of one instant or second, and tags of what was put back twice. */
    @ParameterizedTest
    @ValueSource(
            ints = {22_528, 32_483, 33_320, 48_107, 56_942, 67_783, 92_986, 94_097, 121_304, 135_665, 152_264, 167_895})
    void histories_that_found_a_fault_once_come_to_rest(int seed) throws InterruptedException {
        generated(PlantedFault.NONE).judge(seed);
    }

    static GeneratedHistories generated(PlantedFault fault) {
        return new GeneratedHistories(
                "two ways",
                random -> HistoryStep.random(random, TwoWayHistory.traits(random), 1 + random.nextInt(CHANGES_MAX)),
                (seed, steps) -> new TwoWayHistory(seed, steps, fault));
    }
}
