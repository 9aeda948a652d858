package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.execute.SourceHistory.Entry;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.BucketRules.History;
import java.util.List;
import java.util.Set;

/** Judges what a history of one way left at the destination by promises P1 and P2 and nothing of the planner's. */
final class OneWayJudge {
    private final TwoSides sides;
    private final SourceHistory history;
    private final Set<Entry> due;
    private final List<Replica> replicas;

    /** @param due what had its turn while the source held it */
    OneWayJudge(TwoSides sides, SourceHistory history, Set<Entry> due, List<Replica> replicas) {
        this.sides = sides;
        this.history = history;
        this.due = due;
        this.replicas = replicas;
    }

    /** One layer of the destination, with the entry that it is, null for a marker; the mark is null also where it has no room. */
    record Replica(Layer layer, Entry entry, OriginMark mark, ObjectHead head) {
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

    void judge() {
        var trace = trace();
        currentIsLastEntry(trace);
        if (sides.history == History.FULL) {
            everyVersionIsThere(trace);
        }
        orderIsTheSources(trace);
        contentIsTheSources(trace);
    }

    private String trace() {
        return "entries %s, due %s, source %s, destination %s"
                .formatted(
                        history.entries(),
                        due.stream().map(Entry::place).sorted().toList(),
                        sides.source.stack(sides.key).layers(),
                        replicas);
    }

    /** P1. What was removed before its turn may be there or not. */
    private void currentIsLastEntry(String trace) {
        var last = history.entries().reversed().stream()
                .filter(entry ->
                        due.contains(entry) && !isAnybodys(entry) && !isUndone(entry) && !isSupersededByAnybodys(entry))
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

    /** A marker that the source has removed may hide what came below it or not: the source shows that again. */
    private boolean isUndone(Entry entry) {
        return entry.isMarker() && !history.holds(entry);
    }

    /** A replica without a mark whose source version was removed looks like anybody's write to the destination. */
    private boolean isAnybodys(Entry entry) {
        return !entry.marked() && !history.holds(entry);
    }

    /** Without the versions between, what was superseded once by a replica that looks like anybody's now stays away. */
    private boolean isSupersededByAnybodys(Entry entry) {
        return sides.history == History.CURRENT
                && replicas.stream()
                        .anyMatch(replica -> !replica.isMarker()
                                && replica.entry().place() > entry.place()
                                && isAnybodys(replica.entry()));
    }

    /** P2: whatever still existed when its turn came is there, once; without a mark, a copy that was put back is not told apart. */
    private void everyVersionIsThere(String trace) {
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
    private void orderIsTheSources(String trace) {
        var places = replicas.reversed().stream()
                .filter(replica -> replica.is(Kind.IN_ORDER))
                .map(replica -> replica.entry().place())
                .toList();
        assertThat(places).as("P2: order; %s", trace).isSorted().doesNotHaveDuplicates();
    }

    private void contentIsTheSources(String trace) {
        for (var replica : replicas) {
            var entry = replica.entry();
            if (entry != null) {
                assertThat(replica.head().userMetadata().get("n")).isEqualTo(entry.content());
                assertThat(entry.counts()).as("never to be copied: %s", trace).isTrue();
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
