package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.execute.SourceHistory.Entry;
import io.tidelock.replicator.execute.SourceHistory.Telling;
import io.tidelock.replicator.mark.MarkCheck.Valid;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.ConcurrencyLimits;
import io.tidelock.replicator.park.ConcurrencySettings;
import io.tidelock.replicator.park.Gates;
import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.upload.UploadLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a key, whose events arrive late, repeated and in any order, while the replicator dies in the middle of
 * its work; judged by the promises P1 to P4 and nothing of the planner's. A failure names the seed.
 */
class GeneratedHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("tidelock.histories", 2_000);
    private static final int FIRST_SEED = Integer.getInteger("tidelock.histories.from", 0);
    private static final int CHANGES_MAX = 14;

    /** The process ends here. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("died", null, false, false);
        }
    }

    @Test
    void rule_40_every_history_converges() throws InterruptedException {
        for (var seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            for (var history : History.values()) {
                try {
                    new Run(seed, history).play();
                } catch (AssertionError | RuntimeException failed) {
                    throw new AssertionError("seed " + seed + ", history " + history, failed);
                }
            }
        }
    }

    /** One history from its first change to the judgement. */
    private static final class Run {
        private final Random random;
        private final TwoSides sides = new TwoSides();
        private final SourceHistory history;
        private final boolean withLoss;
        private OperationRunner runner;
        private final Set<Entry> due = new HashSet<>();
        private final List<VersionId> written = new ArrayList<>();
        private int offset;
        private int accepted;
        private int ended;
        private int dropped;

        Run(long seed, History kept) {
            random = new Random(seed);
            sides.history = kept;
            history = new SourceHistory(sides, random);
            withLoss = random.nextInt(3) == 0;
            runner = started();
        }

        private OperationRunner started() {
            return new OperationRunner(
                    sides.planner,
                    ExecuteSettings.DEFAULT,
                    new Gates(
                            new Breakers(BreakerSettings.DEFAULT, sides.clock),
                            new ConcurrencyLimits(ConcurrencySettings.DEFAULT, 100)),
                    UploadLedger.NONE,
                    OutcomeObserver.NOBODY,
                    sides.clock,
                    random);
        }

        void play() throws InterruptedException {
            var changes = 1 + random.nextInt(CHANGES_MAX);
            for (var left = changes; left > 0; ) {
                if (history.undelivered().isEmpty() || random.nextInt(3) == 0) {
                    history.change();
                    left--;
                } else {
                    deliver(true);
                }
            }
            drain();
            if (withLoss) {
                history.resync();
                drain();
            }
            judge();
        }

        private void drain() throws InterruptedException {
            while (!history.undelivered().isEmpty()) {
                deliver(false);
            }
        }

        private void deliver(boolean rough) throws InterruptedException {
            var telling = history.undelivered()
                    .remove(random.nextInt(history.undelivered().size()));
            if (rough && random.nextInt(4) == 0) {
                history.undelivered().add(telling);
            }
            if (rough && withLoss && !(telling.event() instanceof DeleteMarkerCreated) && random.nextInt(4) == 0) {
                return;
            }
            if (rough && random.nextInt(3) == 0) {
                dieWithin(1 + random.nextInt(12));
            }
            var entry = telling.entry();
            var holds = entry != null && history.holds(entry);
            accepted++;
            try {
                assertThat(replicate(telling)).as("%s", telling).isNotInstanceOf(Outcome.Failed.class);
                ended++;
                if (entry != null && holds && entry.counts()) {
                    due.add(entry);
                }
            } catch (Died died) {
                dropped++;
                runner = started();
                history.undelivered().add(telling);
            } finally {
                sides.destination.hook(StoreHook.NONE);
            }
            nothingIsLost();
        }

        private Outcome replicate(Telling telling) throws InterruptedException {
            var assignment = new Assignment(
                    telling.event(),
                    sides.rule,
                    sides.replica,
                    sides.history,
                    AclPolicy.COPY,
                    sides.destination.capabilities(),
                    true,
                    WayBack.NONE);
            var id = new OperationId(new StreamPosition("events", 0, offset++), sides.rule.id());
            var end = runner.run(
                    new Operation(id, telling.event(), sides.replica, sides.clock.instant()),
                    0,
                    new Route(
                            assignment,
                            new Endpoint("paris", sides.source, null),
                            new Endpoint("frankfurt", sides.destination, null)),
                    _ -> {});
            return ((RunEnd.Ended) end).outcome();
        }

        /** Some call at the destination, before or after it took effect, is the last. */
        private void dieWithin(int calls) {
            var left = new int[] {calls};
            sides.destination.hook((_, _, _) -> {
                if (--left[0] == 0) {
                    throw new Died();
                }
            });
        }

        /** P3: what was written once stays. */
        private void nothingIsLost() {
            var there = sides.destinationLayers().stream().map(Layer::id).toList();
            assertThat(there).containsAll(written);
            written.clear();
            written.addAll(there);
        }

        private void judge() {
            var trace = trace();
            assertThat(accepted).as("P4").isEqualTo(ended + dropped);
            var replicas = replicas();
            currentIsLastEntry(replicas, trace);
            if (sides.history == History.FULL) {
                everyVersionIsThere(replicas, trace);
            }
            orderIsTheSources(replicas, trace);
            contentIsTheSources(replicas, trace);
        }

        private String trace() {
            return "entries %s, due %s, source %s, destination %s"
                    .formatted(
                            history.entries(),
                            due.stream().map(Entry::place).sorted().toList(),
                            sides.source.stack(sides.key).layers(),
                            replicas());
        }

        /** One layer of the destination, with the entry that it is, null for a marker; the mark is null also where it has no room. */
        private record Replica(Layer layer, Entry entry, OriginMark mark, ObjectHead head) {
            boolean isMarker() {
                return entry == null;
            }

            boolean is(Kind kind) {
                return mark != null && mark.kind() == kind;
            }

            @Override
            public String toString() {
                return isMarker() ? "marker" : entry.place() + "/" + (mark == null ? "unmarked" : mark.kind());
            }
        }

        private List<Replica> replicas() {
            return sides.destinationLayers().stream().map(this::replica).toList();
        }

        @SuppressWarnings("NullAway") // a marker has no entry, mark or head here
        private Replica replica(Layer layer) {
            if (!(layer instanceof DataVersion)) {
                return new Replica(layer, null, null, null);
            }
            var version = new ObjectVersion(sides.replica, layer.id());
            var head = ((HeadAnswer.Present) sides.destination.head(version)).head();
            var mark = TwoSides.KEYS.check(head.userMetadata(), sides.replica) instanceof Valid valid
                    ? valid.mark()
                    : null;
            assertThat(mark == null).isEqualTo(head.userMetadata().containsKey("long"));
            var content = new String(sides.destination.world().bytes(version), UTF_8);
            var entry = history.entries().stream()
                    .filter(candidate -> content.equals(candidate.content()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nobody ever wrote " + content));
            if (mark != null) {
                assertThat(entry.id()).isEqualTo(mark.version());
            }
            return new Replica(layer, entry, mark, head);
        }

        /** P1. What was removed before its turn may be there or not. */
        private void currentIsLastEntry(List<Replica> replicas, String trace) {
            var last = history.entries().reversed().stream()
                    .filter(entry -> due.contains(entry) && !isAnybodys(entry))
                    .findFirst();
            if (last.isEmpty()) {
                return;
            }
            assertThat(replicas).as(trace).isNotEmpty();
            var current = replicas.getFirst();
            var place = last.get().place();
            if (current.isMarker()) {
                assertThat(history.entries().subList(place, history.entries().size()))
                        .as("P1: a marker is current; %s", trace)
                        .anyMatch(entry -> entry.isMarker() && entry.counts());
            } else if (!(last.get().isMarker() && isAnybodys(current.entry()))) {
                // a marker never hides what somebody else wrote later
                assertThat(current.entry().place())
                        .as("P1: place of the current version; %s", trace)
                        .isGreaterThanOrEqualTo(place);
                assertThat(current.entry().equals(last.get())
                                || !due.contains(current.entry())
                                || isAnybodys(current.entry()))
                        .as("P1: %s", trace)
                        .isTrue();
            }
        }

        /** A replica without a mark whose source version was removed looks like anybody's write to the destination. */
        private boolean isAnybodys(Entry entry) {
            return !entry.marked() && !history.holds(entry);
        }

        /** P2: whatever still existed when its turn came is there, once; without a mark, a copy that was put back is not told apart. */
        private void everyVersionIsThere(List<Replica> replicas, String trace) {
            for (var entry : due) {
                if (!entry.isMarker()) {
                    var copies = replicas.stream()
                            .filter(replica -> entry.equals(replica.entry()) && !replica.is(Kind.PUT_BACK))
                            .toList();
                    assertThat(copies)
                            .as("P2: copies of %s; %s", entry, trace)
                            .hasSize(copies.stream().anyMatch(copy -> copy.mark() == null) ? copies.size() : 1)
                            .isNotEmpty();
                }
            }
        }

        /** P2: in source order, but for what came late and what was put back above it. */
        private void orderIsTheSources(List<Replica> replicas, String trace) {
            var places = replicas.reversed().stream()
                    .filter(replica -> replica.is(Kind.IN_ORDER))
                    .map(replica -> replica.entry().place())
                    .toList();
            assertThat(places).as("P2: order; %s", trace).isSorted().doesNotHaveDuplicates();
        }

        private void contentIsTheSources(List<Replica> replicas, String trace) {
            for (var replica : replicas) {
                var entry = replica.entry();
                if (entry != null) {
                    assertThat(replica.head().userMetadata().get("n")).isEqualTo(entry.content());
                    assertThat(entry.counts())
                            .as("never to be copied: %s", trace)
                            .isTrue();
                    if (history.holds(entry)) {
                        history.aspects()
                                .judge(
                                        new ObjectVersion(sides.key, entry.id()),
                                        replica.head().version(),
                                        trace);
                    }
                }
            }
        }
    }

    @Test
    void generated_histories_meet_all_that_can_go_wrong() {
        // Given
        var sides = new TwoSides();
        sides.source.world().versioning(sides.originals, Versioning.ENABLED);
        var history = new SourceHistory(sides, new Random(7));

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
