package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.execute.GeneratedHistories.BrokenPromise;
import io.tidelock.replicator.execute.HistoryStep.Change;
import io.tidelock.replicator.execute.HistoryStep.With;
import io.tidelock.replicator.rule.BucketRules.History;
import java.util.ArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Faults planted into the replicator under test: the generated histories find them, and say so with few steps. */
class ShrunkHistoriesTest {
    private static final int SEEDS = 200;

    /** The first history that noticed. */
    private record Found(long seed, BrokenPromise promise, GeneratedHistories histories) {}

    private static Found found(GeneratedHistories histories) {
        for (long seed = 0; seed < SEEDS; seed++) {
            var tried = seed;
            var promise = catchThrowableOfType(BrokenPromise.class, () -> histories.judge(tried));
            if (promise != null) {
                return new Found(seed, promise, histories);
            }
        }
        throw new AssertionError("no history of " + SEEDS + " notices the fault");
    }

    private static void isMinimal(Found found) throws InterruptedException {
        var steps = found.promise().shrunk().steps();
        var failure = found.promise().failure();
        assertThat(found.promise().shrunk().minimal()).isTrue();
        assertThat(found.histories().failsAlike(found.seed(), steps, failure))
                .as("%s", steps)
                .isTrue();
        for (var i = 0; i < steps.size(); i++) {
            var rest = new ArrayList<>(steps);
            rest.remove(i);
            assertThat(found.histories().failsAlike(found.seed(), rest, failure))
                    .as("%s without %d", steps, i)
                    .isFalse();
        }
    }

    @Test
    void a_source_that_tells_its_versions_in_the_wrong_order_is_found_with_two_changes() throws InterruptedException {
        // Given
        var fault = new PlantedFault(
                PlantedFault.with("stack", (store, arguments) -> {
                    var stack = store.stack((ObjectKey) arguments[0]);
                    return new VersionStack(stack.object(), stack.layers().reversed());
                }),
                UnaryOperator.identity());

        // When
        var broken = found(GeneratedHistoriesTest.generated(History.FULL, fault));

        // Then
        assertThat(broken.promise().shrunk().steps()).hasSize(2).hasOnlyElementsOfType(Change.class);
        isMinimal(broken);
        assertThat(broken.promise()).hasMessageContainingAll("seed " + broken.seed(), "put paris-1", "at the end");
    }

    @Test
    void markers_that_are_never_made_are_found_with_a_version_and_its_deletion() throws InterruptedException {
        // Given
        var fault = new PlantedFault(
                UnaryOperator.identity(), PlantedFault.with("putDeleteMarker", (_, _) -> new VersionId("promised")));

        // When
        var broken = found(GeneratedHistoriesTest.generated(History.FULL, fault));

        // Then
        assertThat(broken.promise().shrunk().steps()).hasSize(2).hasOnlyElementsOfType(Change.class);
        isMinimal(broken);
    }

    @Test
    void tags_that_are_not_written_are_found_with_a_version_that_is_tagged_once_it_is_there()
            throws InterruptedException {
        // Given
        var fault = new PlantedFault(UnaryOperator.identity(), PlantedFault.with("putTags", (_, _) -> null));

        // When
        var broken = found(TwoWayHistoriesTest.generated(fault));

        // Then
        var steps = broken.promise().shrunk().steps();
        assertThat(steps).hasSizeLessThanOrEqualTo(4).contains(new With(HistoryTrait.TAGS));
        assertThat(steps.stream().filter(Change.class::isInstance)).hasSize(2);
        isMinimal(broken);
    }
}
