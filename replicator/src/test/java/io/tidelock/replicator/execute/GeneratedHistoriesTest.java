package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.execute.SourceHistory.Entry;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a key, whose events arrive late, repeated and in any order, while the replicator dies in the middle of
 * its work; judged by the promises P1 to P4 and nothing of the planner's. A failure names the seed.
 */
class GeneratedHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("tidelock.histories", 2_000);
    private static final int FIRST_SEED = Integer.getInteger("tidelock.histories.from", 0);
    private static final int CHANGES_MAX = 14;

    @Test
    void rule_40_every_history_converges() throws InterruptedException {
        for (var seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            for (var kept : History.values()) {
                generated(kept, PlantedFault.NONE).judge(seed);
            }
        }
    }

    static GeneratedHistories generated(History kept, PlantedFault fault) {
        return new GeneratedHistories(
                "history " + kept,
                random -> HistoryStep.random(random, SourceHistory.traits(random), 1 + random.nextInt(CHANGES_MAX)),
                (seed, steps) -> new OneWayHistory(seed, steps, kept, fault));
    }

    @Test
    void generated_histories_meet_all_that_can_go_wrong() {
        // Given
        var sides = new TwoSides();
        sides.source.world().versioning(sides.originals, Versioning.ENABLED);
        var history = new SourceHistory(sides, new Random(7), EnumSet.allOf(HistoryTrait.class));

        // When
        for (var i = 0; i < 200; i++) {
            history.change();
        }

        // Then
        assertThat(history.undelivered().stream()
                        .map(telling -> telling.event().getClass())
                        .distinct())
                .hasSize(4);
        assertThat(history.entries().stream().map(Entry::content).filter(Objects::isNull))
                .isNotEmpty();
    }
}
