package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.store.HeadAnswer;
import java.util.List;
import java.util.Optional;

/** Plans for changed tags: the replica of exactly that version gets the tags that the source has now (rule 34). */
final class TagPlans {
    private final Marks marks;
    private final Eligibility eligibility;
    private final VersionPlans versions;

    TagPlans(Marks marks, Eligibility eligibility, VersionPlans versions) {
        this.marks = marks;
        this.eligibility = eligibility;
        this.versions = versions;
    }

    Decided decide(Assignment assignment, Facts facts, Occurrence occurrence) {
        var id = idOf(facts, occurrence);
        if (id.isEmpty()) {
            return skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source holds no version");
        }
        var subject = Subject.listed(id.get());
        var obstacle = eligibility.ofBuckets(facts, subject);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        return facts.get(new Question.SourceHead(subject.id())) instanceof SourceAnswer.Found(var source)
                ? sync(assignment, facts, subject, source)
                : skip(SkipReason.SRC_VERSION_NOT_FOUND, "the source does not hold it any more");
    }

    private static Optional<VersionId> idOf(Facts facts, Occurrence occurrence) {
        return occurrence.versionId() != null
                ? Optional.of(occurrence.versionId())
                : facts.get(new Question.SourceStack())
                        .current()
                        .filter(DataVersion.class::isInstance)
                        .map(layer -> layer.id());
    }

    private Decided sync(Assignment assignment, Facts facts, Subject subject, ObjectHead source) {
        var copies = copies(assignment, facts, subject, source);
        if (copies.isEmpty()) {
            return assignment.rule().filter().needsTags()
                    ? skip(SkipReason.TAGS_DO_NOT_MATCH, "it was not replicated when it was made (rule 9)")
                    : versions.decide(assignment, facts, subject);
        }
        var tags = facts.get(new Question.SourceTags(subject.id()));
        var outdated = copies.stream()
                .filter(copy -> !facts.get(new Question.ReplicaTags(copy.id())).equals(tags))
                .toList();
        return outdated.isEmpty()
                ? skip(SkipReason.ALREADY_REPLICATED, "the replica has these tags")
                : new Decided(new Plan.SyncTags(subject.id(), outdated, tags), "the replica has other tags");
    }

    private List<ObjectVersion> copies(Assignment assignment, Facts facts, Subject subject, ObjectHead source) {
        if (facts.get(new Question.DestinationHead()) instanceof HeadAnswer.Present(var top)) {
            var origin = marks.originOf(top, assignment.source().bucket());
            if (origin != null && origin.kind() == Kind.IN_ORDER && Marks.names(origin, source)) {
                return List.of(top.version());
            }
        }
        var order = SourceOrder.around(subject, facts.get(new Question.SourceStack()));
        return order == null
                ? List.of()
                : ReplicaStack.read(assignment, facts, marks, order, replica -> Marks.names(replica.origin(), source))
                        .copies();
    }
}
