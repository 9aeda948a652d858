package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.outcome.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a key that people write on both sides of two buckets that replicate to each other. Whatever comes late,
 * twice or in any order, and however often the replicator dies: it comes to rest, both sides show the same, and that is
 * the change that was made last.
 */
class TwoWayHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("tidelock.histories", 2_000);
    private static final int FIRST_SEED = Integer.getInteger("tidelock.histories.from", 0);
    private static final int CHANGES_MAX = 8;

    /** More deliveries than any history can need; beyond it the two sides answer each other for ever. */
    private static final int DELIVERIES_MAX = 1_500;

    /** The process ends here. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("died", null, false, false);
        }
    }

    @Test
    void rule_35_and_49_both_sides_come_to_rest_with_the_latest_change() throws InterruptedException {
        for (var seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            var run = new Run(seed);
            try {
                run.play();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("seed " + seed + "; " + run.story(), failed);
            }
        }
    }

    /** One history from its first change to the judgement. */
    private static final class Run {
        private final Random random;
        private final BothWays both;
        private final boolean withPrincipals;
        private final boolean withMarkers;
        private final boolean withTags;
        private final boolean withLoss;
        private final List<String> story = new ArrayList<>();
        private final Set<String> deletingSides = new HashSet<>();
        private @Nullable String last;
        private int deliveries;

        Run(long seed) {
            random = new Random(seed);
            withPrincipals = random.nextBoolean();
            both = new BothWays(random, withPrincipals);
            withMarkers = random.nextInt(3) == 0;
            withTags = random.nextBoolean();
            withLoss = !withMarkers && random.nextInt(3) == 0;
        }

        String story() {
            return story + "; here " + show(both.here) + "; there " + show(both.there);
        }

        private static String show(BothWays.Side side) {
            return side.layers().stream()
                    .map(layer -> layer instanceof DataVersion
                            ? side.text(layer.id()) + side.tags(layer.id())
                            : "marker@" + layer.lastModified())
                    .toList()
                    .toString();
        }

        void play() throws InterruptedException {
            var changes = 1 + random.nextInt(CHANGES_MAX);
            for (var left = changes; left > 0; ) {
                if (isQuiet() || random.nextInt(3) == 0) {
                    change(random.nextBoolean() ? both.here : both.there);
                    left--;
                } else {
                    deliver(true);
                }
            }
            drain();
            if (withLoss) {
                both.here.resync();
                both.there.resync();
                drain();
            }
            judge();
        }

        private boolean isQuiet() {
            return both.here.undelivered.isEmpty() && both.there.undelivered.isEmpty();
        }

        private void drain() throws InterruptedException {
            while (!isQuiet()) {
                deliver(false);
            }
        }

        private void change(BothWays.Side side) {
            var place = side == both.here ? "here" : "there";
            var what = random.nextInt(6);
            if (what == 0 && withMarkers) {
                side.delete();
                deletingSides.add(place);
                last = null;
                story.add("delete " + place);
            } else if (what == 1 && withTags) {
                side.layers().stream()
                        .filter(DataVersion.class::isInstance)
                        .findFirst()
                        .ifPresent(top -> {
                            side.tag(top.id(), "tag-" + random.nextInt(3));
                            story.add("tag " + side.text(top.id()) + " " + place);
                        });
            } else {
                last = "text-" + story.size();
                side.put(last);
                story.add("put " + last + " " + place);
            }
        }

        private void deliver(boolean rough) throws InterruptedException {
            assertThat(++deliveries).as("deliveries").isLessThan(DELIVERIES_MAX);
            var from = both.there.undelivered.isEmpty() || (!both.here.undelivered.isEmpty() && random.nextBoolean())
                    ? both.here
                    : both.there;
            var to = from == both.here ? both.there : both.here;
            var event = from.undelivered.remove(random.nextInt(from.undelivered.size()));
            if (rough && random.nextInt(4) == 0) {
                from.undelivered.add(event);
            }
            if (rough && withLoss && random.nextInt(5) == 0) {
                return;
            }
            if (rough && random.nextInt(4) == 0) {
                dieWithin(to, 1 + random.nextInt(12));
            }
            try {
                var outcome = both.replicate(from, to, event);
                var what = event instanceof DeleteMarkerCreated
                        ? "marker"
                        : event.occurrence().name();
                story.add(what + " " + event.occurrence().versionId() + " -> "
                        + outcome.getClass().getSimpleName()
                        + (outcome instanceof Outcome.Skipped skipped ? skipped.reason() : ""));
                assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
            } catch (Died died) {
                story.add("died at " + event.occurrence().versionId());
                from.undelivered.add(event);
            }
        }

        private void dieWithin(BothWays.Side to, int calls) {
            var left = new int[] {calls};
            to.store.hook((_, _, _) -> {
                if (--left[0] == 0) {
                    throw new Died();
                }
            });
        }

        private void judge() {
            assertThat(both.here.current()).as("both sides show the same").isEqualTo(both.there.current());
            // a marker looks the same whoever made it: where both sides delete, a version may win over a later deletion
            if (deletingSides.isEmpty() || (withPrincipals && deletingSides.size() == 1)) {
                assertThat(both.here.current()).as("the latest change").isEqualTo(last);
            }
            everythingIsOnBothSides();
            if (both.here.current() != null) {
                assertThat(tags(both.here)).as("tags").isEqualTo(tags(both.there));
            }
        }

        private static Object tags(BothWays.Side side) {
            return side.tags(side.layers().getFirst().id());
        }

        private void everythingIsOnBothSides() {
            assertThat(texts(both.here)).as("P2").containsExactlyInAnyOrderElementsOf(texts(both.there));
        }

        private static List<String> texts(BothWays.Side side) {
            return side.layers().stream()
                    .filter(DataVersion.class::isInstance)
                    .map(layer -> side.text(layer.id()))
                    .distinct()
                    .toList();
        }
    }
}
