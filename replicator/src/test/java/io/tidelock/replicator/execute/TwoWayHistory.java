package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.execute.GeneratedHistories.PlayedHistory;
import io.tidelock.replicator.execute.HistoryStep.Change;
import io.tidelock.replicator.execute.HistoryStep.Deliver;
import io.tidelock.replicator.execute.HistoryStep.With;
import io.tidelock.replicator.outcome.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A random life of a key that people write on both sides of two buckets that replicate to each other: it comes to rest, both sides show the
 * same, and that is the change that was made last.
 */
final class TwoWayHistory implements PlayedHistory {
    /** More deliveries than any history can need; beyond it the two sides answer each other for ever. */
    private static final int DELIVERIES_MAX = 1_500;

    private static final List<Duration> HASTES = List.of(Duration.ofMillis(40), Duration.ofMillis(4), Duration.ZERO);

    /** The process ends here. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("died", null, false, false);
        }
    }

    private final Random random;
    private final long seed;
    private final List<HistoryStep> steps;
    private final BothWays both;
    private final Set<HistoryTrait> traits;
    private final List<String> story = new ArrayList<>();
    private final Set<String> deletingSides = new HashSet<>();
    private @Nullable String last;
    private int puts;
    private int deliveries;

    /**
     * A new world in which nothing has happened yet.
     *
     * @param seed decides in which order the rest is delivered when the steps have ended
     */
    TwoWayHistory(long seed, List<HistoryStep> steps, PlantedFault fault) {
        this.seed = seed;
        this.steps = steps;
        random = new Random(seed);
        traits = HistoryStep.traits(steps);
        both = new BothWays(
                random,
                traits.contains(HistoryTrait.PRINCIPALS),
                fault,
                Set.of("tidelock"),
                traits.contains(HistoryTrait.HASTE) ? haste(seed) : Duration.ofSeconds(1));
        both.here.store.world().ids(number -> opaque("paris-" + number));
        both.there.store.world().ids(number -> opaque("frankfurt-" + number));
    }

    /** Some, many, or all changes fall into one second; in the last case nothing else tells them apart, as where a store lists whole seconds. */
    private static Duration haste(long seed) {
        return HASTES.get(Math.floorMod(seed, HASTES.size()));
    }

    /** Ids tell nothing of the order in which they were given, and those of one side are not all greater than those of the other. */
    private String opaque(String name) {
        return "%04x-%s".formatted(new Random(seed ^ name.hashCode() * 0x9E37_79B9_7F4A_7C15L).nextInt(0x1_0000), name);
    }

    /** What happens in a history of two ways, by chance. */
    static List<HistoryTrait> traits(Random random) {
        var traits = new ArrayList<HistoryTrait>();
        if (random.nextBoolean()) {
            traits.add(HistoryTrait.PRINCIPALS);
        }
        if (random.nextBoolean()) {
            traits.add(HistoryTrait.TAGS);
        }
        if (random.nextInt(3) == 0) {
            traits.add(HistoryTrait.MARKERS);
        } else if (random.nextInt(3) == 0) {
            traits.add(HistoryTrait.LOSS);
        }
        if (random.nextInt(3) == 0) {
            traits.add(HistoryTrait.HASTE);
        }
        return traits;
    }

    @Override
    public List<String> story() {
        return story;
    }

    private static String show(BothWays.Side side) {
        return side.layers().stream()
                .map(layer -> layer instanceof DataVersion
                        ? side.text(layer.id()) + side.tags(layer.id())
                        : "marker@" + layer.lastModified())
                .toList()
                .toString();
    }

    @Override
    public void play() throws InterruptedException {
        for (var step : steps) {
            switch (step) {
                case With _ -> {}
                case Change(var chance) -> {
                    random.setSeed(chance);
                    change(random.nextBoolean() ? both.here : both.there);
                }
                case Deliver(var chance, var rough) -> {
                    random.setSeed(chance);
                    if (!isQuiet()) {
                        deliver(rough);
                    }
                }
            }
        }
        random.setSeed(seed);
        drain();
        if (traits.contains(HistoryTrait.LOSS)) {
            story.add("resync of both sides");
            both.here.resync();
            both.there.resync();
            drain();
        }
        story.add("at the end: here " + show(both.here) + ", there " + show(both.there));
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
        if (what == 0 && traits.contains(HistoryTrait.MARKERS)) {
            side.delete();
            deletingSides.add(place);
            last = null;
            story.add("delete " + place);
        } else if (what == 1 && traits.contains(HistoryTrait.TAGS)) {
            side.layers().stream()
                    .filter(DataVersion.class::isInstance)
                    .findFirst()
                    .ifPresent(top -> {
                        side.tag(top.id(), "tag-" + random.nextInt(3));
                        story.add("tag " + side.text(top.id()) + " " + place);
                    });
        } else {
            last = "text-" + puts++;
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
        if (rough && traits.contains(HistoryTrait.LOSS) && random.nextInt(5) == 0) {
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
        // and of the same second nothing is the latest
        var told = deletingSides.isEmpty() || (traits.contains(HistoryTrait.PRINCIPALS) && deletingSides.size() == 1);
        if (told && !traits.contains(HistoryTrait.HASTE)) {
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
