package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.store.HeadAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the replica key holds, newest first, each layer with the origin that its mark tells. Read only as deep as the
 * subject can be: below a replica that came in order and is older than the subject, the subject is not.
 */
final class ReplicaStack {
    private final List<Replica> layers;
    private final Predicate<Replica> isSubject;

    private ReplicaStack(List<Replica> layers, Predicate<Replica> isSubject) {
        this.layers = layers;
        this.isSubject = isSubject;
    }

    /**
     * One layer.
     *
     * @param head its head, or null for a marker
     * @param origin the source version that it is, or null where it is none of this source
     * @param inferred whether the origin is told by its content, as its metadata left no room for the mark
     * @param covers whether it is a marker that covers what is newer
     */
    record Replica(
            Layer layer,
            @Nullable ObjectHead head,
            @Nullable OriginMark origin,
            boolean inferred,
            boolean covers) {
        boolean isLate() {
            return covers || (origin != null && origin.kind() == Kind.LATE);
        }
    }

    static ReplicaStack read(
            Assignment assignment, Facts facts, Marks marks, SourceOrder order, Predicate<Replica> isSubject) {
        var trusted = !assignment.looksForLateWrites();
        var layers = until(
                replica -> trusted && isOlder(replica, order) && !isSubject.test(replica),
                assignment,
                facts,
                marks,
                order.data());
        return new ReplicaStack(lateByPlace(layers, order, assignment), isSubject);
    }

    /** Only what late versions cover: enough to put it back, whether or not the source still holds anything. */
    static ReplicaStack readLate(Assignment assignment, Facts facts, Marks marks) {
        return new ReplicaStack(until(replica -> !replica.isLate(), assignment, facts, marks, List.of()), _ -> false);
    }

    /**
     * A copy without a mark cannot say that it came late; what it lies on does. Nor can what its writer took for in order, or a marker, where
     * somebody may have written without having seen what was there.
     */
    private static List<Replica> lateByPlace(List<Replica> layers, SourceOrder order, Assignment assignment) {
        var markers = assignment.rule().deleteMarkers();
        var trusted = !assignment.looksForLateWrites();
        var placed = new ArrayList<Replica>();
        OriginMark newestBelow = null;
        Layer foreignBelow = null;
        for (var replica : layers.reversed()) {
            var origin = replica.origin();
            if (replica.head() != null && origin == null) {
                foreignBelow = replica.layer();
            }
            var isUnderNewer = origin != null && newestBelow != null && order.isNewer(newestBelow, origin);
            var isUnderForeign = markers
                    && origin != null
                    && foreignBelow != null
                    && order.hasMarkerAbove(origin, foreignBelow.lastModified());
            if (!trusted && markers && !assignment.twoWay() && isOutdatedMarker(replica, newestBelow, order)) {
                placed.addFirst(new Replica(replica.layer(), null, null, false, true));
            } else if (origin != null && (replica.inferred() || !trusted) && (isUnderNewer || isUnderForeign)) {
                placed.addFirst(
                        new Replica(replica.layer(), replica.head(), origin.as(Kind.LATE), replica.inferred(), false));
            } else {
                placed.addFirst(replica);
                newestBelow = origin == null || replica.isLate() ? newestBelow : origin;
            }
        }
        return placed;
    }

    /** All source markers are older than what the marker lies on, so it stands for one of those. */
    private static boolean isOutdatedMarker(Replica replica, @Nullable OriginMark newestBelow, SourceOrder order) {
        return replica.head() == null && newestBelow != null && order.hasMarkersOnlyBelow(newestBelow);
    }

    private static List<Replica> until(
            Predicate<Replica> isLast, Assignment assignment, Facts facts, Marks marks, List<VersionId> sources) {
        var layers = new ArrayList<Replica>();
        for (var layer : facts.get(new Question.DestinationStack()).layers()) {
            var replica = look(assignment, facts, marks, layer, sources);
            if (replica != null) {
                layers.add(replica);
                if (isLast.test(replica)) {
                    break;
                }
            }
        }
        return layers;
    }

    /** A copy without a mark may have come late, so it says nothing of what lies below it. */
    private static boolean isOlder(Replica replica, SourceOrder order) {
        return replica.origin() != null && !replica.inferred() && !replica.isLate() && order.isOlder(replica.origin());
    }

    /** Null for a version that has gone since the listing. */
    private static @Nullable Replica look(
            Assignment assignment, Facts facts, Marks marks, Layer layer, List<VersionId> sources) {
        return switch (layer) {
            case Marker marker -> new Replica(marker, null, null, false, false);
            case DataVersion data -> {
                var top = facts.get(new Question.DestinationHead());
                var answer = top instanceof HeadAnswer.Present(var head)
                                && head.version().id().equals(data.id())
                        ? top
                        : facts.get(new Question.ReplicaHead(data.id()));
                yield answer instanceof HeadAnswer.Present(var head)
                        ? replica(data, head, assignment, facts, marks, sources)
                        : null;
            }
        };
    }

    private static Replica replica(
            DataVersion data,
            ObjectHead head,
            Assignment assignment,
            Facts facts,
            Marks marks,
            List<VersionId> sources) {
        var origin = marks.originOf(head, assignment.source().bucket());
        if (origin != null) {
            return new Replica(data, head, origin, false, false);
        }
        var inferred = new Unmarked(marks).originAmong(sources, head, assignment, facts);
        return new Replica(data, head, inferred.orElse(null), inferred.isPresent(), false);
    }

    /** All copies of the subject, newest first. */
    List<ObjectHead> copies() {
        return layers.stream()
                .filter(isSubject)
                .map(Replica::head)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** The newest source version that came in order, if any was seen. */
    Optional<OriginMark> newestInOrder() {
        return layers.stream()
                .filter(replica -> replica.origin() != null && !replica.isLate())
                .findFirst()
                .map(Replica::origin);
    }

    /** Whether any replica is newer than the entry, even one that came late: then so does the entry. */
    boolean holdsNewer(SourceOrder order) {
        return layers.stream().map(Replica::origin).flatMap(Stream::ofNullable).anyMatch(order::isNewer);
    }

    /** What is current as soon as late versions are looked through. */
    Optional<Replica> underLate() {
        return layers.stream().filter(replica -> !replica.isLate()).findFirst();
    }

    boolean hasMarkerOnTop() {
        return layers.getFirst().head() == null;
    }

    /** The version on top, which must be one with data. */
    ObjectHead top() {
        return Objects.requireNonNull(layers.getFirst().head(), "a marker is on top");
    }

    /** The version on top, if it is one with data. */
    Optional<ObjectHead> current() {
        return layers.stream()
                .limit(1)
                .map(Replica::head)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    /** Whether the top lies on a version that came late. */
    boolean isTopAboveLate() {
        return layers.size() > 1 && layers.get(1).isLate();
    }

    /** The newest such version below the top. */
    Optional<ObjectHead> belowTop(Predicate<ObjectHead> wanted) {
        return layers.stream()
                .skip(1)
                .map(Replica::head)
                .flatMap(Stream::ofNullable)
                .filter(wanted)
                .findFirst();
    }

    /** What a late version covers although it should not; empty when all is in place. */
    Optional<Replica> covered() {
        return !layers.isEmpty() && layers.getFirst().isLate() ? underLate() : Optional.empty();
    }
}
