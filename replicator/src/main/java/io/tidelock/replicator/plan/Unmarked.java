package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Replicas whose metadata left no room for the mark: recognised by that metadata, which fills 2 kB, and by their content. */
record Unmarked(Marks marks) {
    /** As long as sequencers get. */
    private static final Sequencer LONGEST = new Sequencer("F".repeat(32));

    /** Whether a version of the destination is a copy of that source version, without a mark. */
    boolean isCopy(ObjectHead replica, ObjectHead source, Assignment assignment) {
        return mayBeCopy(replica, assignment)
                && replica.sizeBytes() == source.sizeBytes()
                && Objects.equals(replica.content(), source.content())
                && replica.userMetadata().equals(Marks.without(source.userMetadata()));
    }

    /** The newest of these source versions that it is a copy of; as if it carried the mark, and had come in order. */
    Optional<OriginMark> originAmong(List<VersionId> versions, ObjectHead replica, Assignment assignment, Facts facts) {
        if (!mayBeCopy(replica, assignment)) {
            return Optional.empty();
        }
        for (var id : versions) {
            if (facts.get(new Question.SourceHead(id)) instanceof SourceAnswer.Found(var source)
                    && isCopy(replica, source, assignment)) {
                return Optional.of(Marks.of(source, null, Kind.IN_ORDER));
            }
        }
        return Optional.empty();
    }

    private boolean mayBeCopy(ObjectHead replica, Assignment assignment) {
        return marks.keys().check(replica.userMetadata(), assignment.replica()) instanceof MarkCheck.Absent
                && !MarkKeys.fits(
                        replica.userMetadata(),
                        marks.keys().sign(Marks.of(replica, LONGEST, Kind.IN_ORDER), assignment.replica()));
    }
}
