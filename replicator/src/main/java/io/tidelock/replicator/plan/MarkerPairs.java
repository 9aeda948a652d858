package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.store.HeadAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which marker is a propagated one where both buckets write. Markers carry nothing, so it is inferred: a marker is the
 * copy of the latest earlier marker of the other side that has no copy yet, unless it hides something that was written
 * after that one, as Tidelock puts no marker above anything newer. Of two of the same second that hide the same, each
 * counts as the copy of the other.
 */
final class MarkerPairs {
    private final Marks marks;
    private final Map<VersionId, Layer> origins = new HashMap<>();

    /** What was put back above a late version, and the marker that it stands for. */
    private final Map<VersionId, Layer> putBack = new HashMap<>();

    private MarkerPairs(Marks marks) {
        this.marks = marks;
    }

    /**
     * A marker of either side.
     *
     * @param above what stands above it
     * @param hidden the version that it hides
     */
    private record Placed(Layer marker, boolean atSource, Instant time, List<Layer> above, Hidden hidden) {
        /** Whether it may be the cause of one that hides that: what was written after it is not to be hidden because of it. */
        boolean mayHide(Hidden other) {
            return !other.writtenAt().isAfter(time)
                    && above.stream().noneMatch(layer -> layer.id().equals(other.id()));
        }

        boolean isTwin(Placed other) {
            return time.equals(other.time) && hidden.equals(other.hidden);
        }
    }

    /**
     * What a marker hides.
     *
     * @param writtenAt when it was written
     * @param id its id where it was born, null for nothing
     */
    private record Hidden(Instant writtenAt, @Nullable VersionId id) {
        static final Hidden NOTHING = new Hidden(Instant.MIN, null);
    }

    static MarkerPairs of(Facts facts, Marks marks) {
        var pairs = new MarkerPairs(marks);
        var all = new ArrayList<Placed>();
        pairs.place(facts.get(new Question.SourceStack()).layers(), true, id -> sourceHead(facts, id), all);
        pairs.place(facts.get(new Question.DestinationStack()).layers(), false, id -> replicaHead(facts, id), all);
        all.sort(Comparator.comparing(Placed::time));
        pairs.pair(all);
        return pairs;
    }

    /** The other side's marker that this one is a copy of; empty for one that somebody made where it is. */
    Optional<Layer> originOf(Layer marker) {
        return Optional.ofNullable(origins.get(original(marker).id()));
    }

    /** The marker that it stands for where it was put back, else itself. */
    Layer original(Layer marker) {
        return putBack.getOrDefault(marker.id(), marker);
    }

    /** Whether Tidelock put the marker back above a version that came late. */
    boolean isPutBack(Layer marker) {
        return putBack.containsKey(marker.id());
    }

    private void pair(List<Placed> all) {
        var unpaired = new ArrayList<Placed>();
        for (var marker : all) {
            var origin = origin(unpaired, marker);
            if (origin.isPresent()) {
                origins.put(marker.marker().id(), origin.get().marker());
                if (marker.isTwin(origin.get())) {
                    origins.put(origin.get().marker().id(), marker.marker());
                }
                unpaired.remove(origin.get());
            } else {
                unpaired.add(marker);
            }
        }
    }

    private static Optional<Placed> origin(List<Placed> unpaired, Placed marker) {
        var may = unpaired.reversed().stream()
                .filter(earlier -> earlier.atSource() != marker.atSource())
                .filter(earlier -> earlier.mayHide(marker.hidden()))
                .toList();
        return may.stream()
                .filter(marker::isTwin)
                .findFirst()
                .or(() -> may.stream().findFirst());
    }

    private void place(
            List<Layer> layers, boolean atSource, Function<VersionId, Optional<ObjectHead>> look, List<Placed> all) {
        for (var i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i) instanceof Marker marker) {
                var below = layers.subList(i + 1, layers.size());
                var kept = below.stream()
                        .dropWhile(layer -> layer instanceof DataVersion data
                                && look.apply(data.id()).filter(this::isLate).isPresent())
                        .toList();
                if (kept.size() < below.size() && !kept.isEmpty() && kept.getFirst() instanceof Marker same) {
                    putBack.put(marker.id(), original(same));
                } else {
                    all.add(new Placed(
                            marker,
                            atSource,
                            seconds(marker.lastModified()),
                            layers.subList(0, i),
                            hidden(kept, look)));
                }
            }
        }
    }

    private Hidden hidden(List<Layer> below, Function<VersionId, Optional<ObjectHead>> look) {
        return below.stream()
                .filter(DataVersion.class::isInstance)
                .map(layer -> look.apply(layer.id()))
                .flatMap(Optional::stream)
                .filter(head -> !isLate(head))
                .findFirst()
                .map(this::hidden)
                .orElse(Hidden.NOTHING);
    }

    private Hidden hidden(ObjectHead head) {
        var origin = marks.originOf(head);
        return origin == null
                ? new Hidden(seconds(head.lastModified()), head.version().id())
                : new Hidden(seconds(origin.lastModified()), origin.version());
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean isLate(ObjectHead head) {
        var origin = marks.originOf(head);
        return origin != null && origin.kind() == Kind.LATE;
    }

    private static Optional<ObjectHead> sourceHead(Facts facts, VersionId id) {
        return facts.get(new Question.SourceHead(id)) instanceof SourceAnswer.Found(var head)
                ? Optional.of(head)
                : Optional.empty();
    }

    private static Optional<ObjectHead> replicaHead(Facts facts, VersionId id) {
        return facts.get(new Question.ReplicaHead(id)) instanceof HeadAnswer.Present(var head)
                ? Optional.of(head)
                : Optional.empty();
    }
}
