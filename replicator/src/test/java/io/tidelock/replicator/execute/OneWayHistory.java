package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.execute.GeneratedHistories.PlayedHistory;
import io.tidelock.replicator.execute.HistoryStep.Change;
import io.tidelock.replicator.execute.HistoryStep.Deliver;
import io.tidelock.replicator.execute.HistoryStep.With;
import io.tidelock.replicator.execute.OneWayJudge.Replica;
import io.tidelock.replicator.execute.SourceHistory.Entry;
import io.tidelock.replicator.execute.SourceHistory.Telling;
import io.tidelock.replicator.mark.MarkCheck.Valid;
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
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.upload.UploadLedger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A random life of a source key, its events delivered badly to a replicator that dies; judged by promises P1 to P4. */
final class OneWayHistory implements PlayedHistory {
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
    private final PlantedFault fault;
    private final TwoSides sides = new TwoSides();
    private final SourceHistory history;
    private final boolean withLoss;
    private final Set<Entry> due = new HashSet<>();
    private final List<VersionId> written = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private OperationRunner runner;
    private int offset;
    private int accepted;
    private int ended;
    private int dropped;

    /**
     * A new world in which nothing has happened yet.
     *
     * @param seed decides in which order the rest is delivered when the steps have ended
     */
    OneWayHistory(long seed, List<HistoryStep> steps, History kept, PlantedFault fault) {
        this.seed = seed;
        this.steps = steps;
        this.fault = fault;
        random = new Random(seed);
        sides.history = kept;
        var traits = HistoryStep.traits(steps);
        history = new SourceHistory(sides, random, traits);
        withLoss = traits.contains(HistoryTrait.LOSS);
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

    @Override
    public void play() throws InterruptedException {
        for (var step : steps) {
            switch (step) {
                case With _ -> {}
                case Change(var chance) -> {
                    random.setSeed(chance);
                    story.add(history.change());
                }
                case Deliver(var chance, var rough) -> {
                    random.setSeed(chance);
                    if (!history.undelivered().isEmpty()) {
                        deliver(rough);
                    }
                }
            }
        }
        random.setSeed(seed);
        drain();
        if (withLoss) {
            story.add("resync");
            history.resync();
            drain();
        }
        story.add("at the end: source "
                + sides.source.stack(sides.key).layers().stream().map(Layer::id).toList() + ", destination "
                + replicas());
        assertThat(accepted).as("P4").isEqualTo(ended + dropped);
        new OneWayJudge(sides, history, due, replicas()).judge();
    }

    @Override
    public List<String> story() {
        return story;
    }

    private void drain() throws InterruptedException {
        while (!history.undelivered().isEmpty()) {
            deliver(false);
        }
    }

    private void deliver(boolean rough) throws InterruptedException {
        var telling = history.undelivered()
                .remove(random.nextInt(history.undelivered().size()));
        var again = rough && random.nextInt(4) == 0;
        if (again) {
            history.undelivered().add(telling);
        }
        var event = telling.event();
        var told = "deliver %s of %s%s: "
                .formatted(
                        event.getClass().getSimpleName(), event.occurrence().versionId(), again ? ", and keep it" : "");
        if (rough && withLoss && !(event instanceof DeleteMarkerCreated) && random.nextInt(4) == 0) {
            story.add(told + "lost");
            return;
        }
        if (rough && random.nextInt(3) == 0) {
            dieWithin(1 + random.nextInt(12));
        }
        var entry = telling.entry();
        var holds = entry != null && history.holds(entry);
        accepted++;
        try {
            var outcome = replicate(telling);
            story.add(told
                    + (outcome instanceof Outcome.Skipped skipped
                            ? skipped.reason()
                            : outcome.getClass().getSimpleName()));
            assertThat(outcome).as("%s", telling).isNotInstanceOf(Outcome.Failed.class);
            ended++;
            if (entry != null && holds && entry.counts()) {
                due.add(entry);
            }
        } catch (Died died) {
            story.add(told + "died over it");
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
                        new Endpoint("paris", fault.source().apply(sides.source), null),
                        new Endpoint("frankfurt", fault.destination().apply(sides.destination), null)),
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
        var mark = TwoSides.KEYS.check(head.userMetadata(), sides.replica) instanceof Valid valid ? valid.mark() : null;
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
}
