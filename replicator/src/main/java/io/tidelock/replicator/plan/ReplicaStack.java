package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.domain.VersionStack.Marker;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.store.HeadAnswer;
import java.util.ArrayList;
import java.util.List;
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
     * @param origin the source version that it is, or null where it carries no mark of ours for this source
     */
    record Replica(
            Layer layer,
            @Nullable ObjectHead head,
            @Nullable OriginMark origin) {
        boolean isLate() {
            return origin != null && origin.kind() == Kind.LATE;
        }
    }

    static ReplicaStack read(
            Assignment assignment, Facts facts, Marks marks, SourceOrder order, Predicate<Replica> isSubject) {
        var layers = until(replica -> isOlder(replica, order) && !isSubject.test(replica), assignment, facts, marks);
        return new ReplicaStack(layers, isSubject);
    }

    /** Only what late versions cover: enough to put it back, whether or not the source still holds anything. */
    static ReplicaStack readLate(Assignment assignment, Facts facts, Marks marks) {
        return new ReplicaStack(until(replica -> !replica.isLate(), assignment, facts, marks), _ -> false);
    }

    private static List<Replica> until(Predicate<Replica> isLast, Assignment assignment, Facts facts, Marks marks) {
        var layers = new ArrayList<Replica>();
        for (var layer : facts.get(new Question.DestinationStack()).layers()) {
            var replica = look(assignment, facts, marks, layer);
            if (replica != null) {
                layers.add(replica);
                if (isLast.test(replica)) {
                    break;
                }
            }
        }
        return layers;
    }

    private static boolean isOlder(Replica replica, SourceOrder order) {
        return replica.origin() != null && !replica.isLate() && !order.isNewer(replica.origin());
    }

    /** Null for a version that has gone since the listing. */
    private static @Nullable Replica look(Assignment assignment, Facts facts, Marks marks, Layer layer) {
        return switch (layer) {
            case Marker marker -> new Replica(marker, null, null);
            case DataVersion data -> {
                var top = facts.get(new Question.DestinationHead());
                var answer = top instanceof HeadAnswer.Present(var head)
                                && head.version().id().equals(data.id())
                        ? top
                        : facts.get(new Question.ReplicaHead(data.id()));
                yield answer instanceof HeadAnswer.Present(var head)
                        ? new Replica(
                                data,
                                head,
                                marks.originOf(head, assignment.source().bucket()))
                        : null;
            }
        };
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

    /** What is current as soon as late versions are looked through. */
    Optional<Replica> underLate() {
        return layers.stream().filter(replica -> !replica.isLate()).findFirst();
    }

    /** What a late version covers although it should not; empty when all is in place. */
    Optional<Replica> covered() {
        return !layers.isEmpty() && layers.getFirst().isLate() ? underLate() : Optional.empty();
    }
}
