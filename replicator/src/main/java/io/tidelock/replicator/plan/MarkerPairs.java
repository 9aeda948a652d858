package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which marker is a propagated one where both buckets write. Markers carry nothing, so it is inferred: a marker is the
 * copy of the latest earlier marker of the other side that has no copy yet, unless what it was put above is newer than that
 * one, as Tidelock puts no marker above anything newer, or what that one hides is not below it although both are of one
 * second, as a marker waits for that (rule 16). Of two of the same second that hide the same, each counts as the copy of the
 * other; one on another of the same second is that one.
 */
final class MarkerPairs {
    /** The same whichever side is the source, also of two of one instant; of one side from the lowest, where the sort is stable. */
    private static final Comparator<Placed> ORDER = Comparator.comparing(
                    (Placed placed) -> placed.marker().lastModified())
            .thenComparing(Placed::strength);

    private final Facts facts;
    private final Marks marks;
    private final Rivals rivals;
    private final Map<VersionId, Layer> origins = new HashMap<>();

    /** A marker on a marker of the same second, and that one. */
    private final Map<VersionId, Layer> repeated = new HashMap<>();

    /** What was put back above a late version, and the marker that it stands for. */
    private final Map<VersionId, Layer> putBack = new HashMap<>();

    private MarkerPairs(Facts facts, Marks marks) {
        this.facts = facts;
        this.marks = marks;
        this.rivals = new Rivals(marks);
    }

    /**
     * A marker of either side.
     *
     * @param strength the greatest id among the markers of its instant and side up to it
     * @param above what stands above it
     * @param below what it was put above
     * @param covered what lies below it where it was put back last
     * @param hidden the version that it hides
     */
    private record Placed(
            Layer marker,
            boolean atSource,
            String strength,
            List<Layer> above,
            List<Layer> below,
            List<Layer> covered,
            Hidden hidden) {
        Placed putBackAbove(List<Layer> layers) {
            return new Placed(marker, atSource, strength, above, below, layers, hidden);
        }

        boolean isOfSecondOf(Placed other) {
            return Birth.of(marker).time().equals(Birth.of(other.marker).time());
        }

        boolean isTwin(Placed other) {
            return isOfSecondOf(other) && hidden.equals(other.hidden);
        }
    }

    /**
     * What a marker hides.
     *
     * @param born when and as what it was written, null for nothing
     * @param atSource whether that was at the source
     * @param sizeBytes how long it is, and every copy of it
     */
    private record Hidden(@Nullable Birth born, boolean atSource, long sizeBytes) {
        static final Hidden NOTHING = new Hidden(null, false, -1);
    }

    static MarkerPairs of(Facts facts, Marks marks) {
        var pairs = new MarkerPairs(facts, marks);
        var all = new ArrayList<Placed>();
        pairs.place(facts.get(new Question.SourceStack()).layers(), true, all);
        pairs.place(facts.get(new Question.DestinationStack()).layers(), false, all);
        all.sort(ORDER);
        pairs.pair(all);
        return pairs;
    }

    /** The other side's marker that this one is a copy of; empty for one that somebody made where it is. */
    Optional<Layer> originOf(Layer marker) {
        return Optional.ofNullable(origins.get(original(marker).id()));
    }

    /** The marker that it stands for where it was put back or repeats one, else itself. */
    Layer original(Layer marker) {
        return putBack.getOrDefault(marker.id(), repeated.getOrDefault(marker.id(), marker));
    }

    /** Whether Tidelock put the marker back above a version that came late. */
    boolean isPutBack(Layer marker) {
        return putBack.containsKey(marker.id());
    }

    /** Whether a marker of the source has its copy at the destination, and above that something that is not below the marker was written. */
    boolean wasWrittenOver(Layer marker, List<Layer> below) {
        var original = original(marker);
        var layers = facts.get(new Question.DestinationStack()).layers();
        var above = layers.stream()
                .takeWhile(layer -> !original.equals(origins.get(layer.id())))
                .toList();
        return above.size() < layers.size()
                && above.stream()
                        .filter(layer -> layer instanceof DataVersion
                                && look(layer, false)
                                        .filter(head -> !isLate(head))
                                        .isPresent())
                        .anyMatch(layer -> !isAmong(layer, false, below, true));
    }

    private void pair(List<Placed> all) {
        var unpaired = new ArrayList<Placed>();
        for (var marker : all) {
            var origin = origin(unpaired, marker);
            var copy = origin.isEmpty() ? copyOfItsSecond(unpaired, marker) : Optional.<Placed>empty();
            if (origin.isPresent()) {
                origins.put(marker.marker().id(), origin.get().marker());
                if (marker.isTwin(origin.get())) {
                    origins.put(origin.get().marker().id(), marker.marker());
                }
                unpaired.remove(origin.get());
            } else if (copy.isPresent()) {
                origins.put(copy.get().marker().id(), marker.marker());
                unpaired.remove(copy.get());
            } else {
                unpaired.add(marker);
            }
        }
    }

    /** Of one second the order tells nothing, so an earlier one may be the copy. */
    private Optional<Placed> copyOfItsSecond(List<Placed> unpaired, Placed marker) {
        return unpaired.reversed().stream()
                .filter(copy -> copy.atSource() != marker.atSource() && copy.isOfSecondOf(marker))
                .filter(copy -> mayBeCauseOf(marker, copy))
                .findFirst();
    }

    private Optional<Placed> origin(List<Placed> unpaired, Placed marker) {
        var may = unpaired.reversed().stream()
                .filter(earlier -> earlier.atSource() != marker.atSource())
                .filter(earlier -> mayBeCauseOf(earlier, marker))
                .toList();
        return may.stream()
                .filter(marker::isTwin)
                .findFirst()
                .or(() -> may.stream().findFirst());
    }

    /**
     * Tidelock puts no marker above anything newer, be it of the marker's own side or of the other one; and none where the version that it hides is not yet (rule 16), which
     * tells which of two was first where their times do not.
     */
    private boolean mayBeCauseOf(Placed earlier, Placed marker) {
        return !isLater(marker.hidden(), earlier)
                && (!earlier.isOfSecondOf(marker) || isAbove(marker, earlier.hidden()))
                && earlier.above().stream()
                        .noneMatch(layer -> isAmong(layer, earlier.atSource(), marker.below(), marker.atSource()));
    }

    /** Whether what the other side wrote is later than the marker, which was not made above a copy of it either. */
    private boolean isLater(Hidden hidden, Placed marker) {
        var theirs = hidden.born();
        if (theirs == null || hidden.atSource() == marker.atSource()) {
            return false;
        }
        var ours = Birth.of(marker.marker());
        var later = marker.atSource() ? rivals.isLater(facts, theirs, ours) : !rivals.isLater(facts, ours, theirs);
        return later && !isAbove(marker, hidden);
    }

    /** Whether a marker was put above that version, or a copy of it; above nothing every one was. */
    private boolean isAbove(Placed marker, Hidden hidden) {
        return hidden.born() == null
                || marker.covered().stream()
                        .filter(layer -> layer instanceof DataVersion data && data.sizeBytes() == hidden.sizeBytes())
                        .map(layer -> look(layer, marker.atSource()))
                        .flatMap(Optional::stream)
                        .anyMatch(head -> birthOf(head).equals(hidden.born()));
    }

    /** Whether a version that did not come late is among those of the other side: it, its copy, or what both are copies of. */
    private boolean isAmong(Layer layer, boolean atSource, List<Layer> others, boolean othersAtSource) {
        return layer instanceof DataVersion data
                && others.stream()
                        .filter(other -> other instanceof DataVersion there && there.sizeBytes() == data.sizeBytes())
                        .anyMatch(other -> look(data, atSource)
                                .filter(head -> !isLate(head))
                                .flatMap(head -> look(other, othersAtSource)
                                        .filter(there -> birthOf(there).equals(birthOf(head))))
                                .isPresent());
    }

    private void place(List<Layer> layers, boolean atSource, List<Placed> all) {
        for (var i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i) instanceof Marker marker) {
                var below = layers.subList(i + 1, layers.size());
                var kept = below.stream()
                        .dropWhile(layer -> layer instanceof DataVersion
                                && look(layer, atSource).filter(this::isLate).isPresent())
                        .toList();
                var same = !kept.isEmpty() && kept.getFirst() instanceof Marker next ? next : null;
                if (same != null && kept.size() < below.size()) {
                    var original = original(same);
                    putBack.put(marker.id(), original);
                    all.replaceAll(placed -> placed.marker().equals(original) ? placed.putBackAbove(below) : placed);
                } else if (same != null
                        && Birth.of(same).time().equals(Birth.of(marker).time())) {
                    repeated.put(marker.id(), original(same));
                } else {
                    all.add(new Placed(
                            marker,
                            atSource,
                            strength(marker, below),
                            layers.subList(0, i),
                            below,
                            below,
                            hidden(kept, atSource)));
                }
            }
        }
    }

    private static String strength(Marker marker, List<Layer> below) {
        return below.stream()
                .filter(layer -> layer instanceof Marker && layer.lastModified().equals(marker.lastModified()))
                .map(layer -> layer.id().value())
                .reduce(marker.id().value(), (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private Hidden hidden(List<Layer> below, boolean atSource) {
        return below.stream()
                .filter(DataVersion.class::isInstance)
                .map(layer -> look(layer, atSource))
                .flatMap(Optional::stream)
                .filter(head -> !isLate(head))
                .findFirst()
                .map(head -> new Hidden(birthOf(head), isBornThere(head) == atSource, head.sizeBytes()))
                .orElse(Hidden.NOTHING);
    }

    /** When and as what a version was first written, on whichever side. */
    private Birth birthOf(ObjectHead head) {
        var origin = marks.originOf(head);
        return origin == null
                ? new Birth(head.lastModified(), head.version().id())
                : new Birth(origin.lastModified(), origin.version());
    }

    private boolean isBornThere(ObjectHead head) {
        var origin = marks.originOf(head);
        return origin == null || origin.source().equals(head.version().object().bucket());
    }

    private boolean isLate(ObjectHead head) {
        var origin = marks.originOf(head);
        return origin != null && origin.kind() == Kind.LATE;
    }

    private Optional<ObjectHead> look(Layer layer, boolean atSource) {
        return atSource ? facts.atSource(layer.id()) : facts.atDestination(layer.id());
    }
}
