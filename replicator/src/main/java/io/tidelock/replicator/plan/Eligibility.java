package io.tidelock.replicator.plan;

import static io.tidelock.replicator.plan.Answers.refuse;
import static io.tidelock.replicator.plan.Answers.skip;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Decision.Decided;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keeps a version from being replicated, whatever the destination holds. */
final class Eligibility {
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final Marks marks;
    private final Set<String> ownPrincipals;

    Eligibility(Marks marks, Set<String> ownPrincipals) {
        this.marks = marks;
        this.ownPrincipals = ownPrincipals;
    }

    /** Rule 19: both buckets are versioned. A suspended source has null versions, which can be copied. */
    Optional<Decided> ofBuckets(Facts facts, Subject subject) {
        if (subject.id().isNull() && facts.get(new Question.SourceBucket()).versioning() == Versioning.OFF) {
            return Optional.of(refuse(FailureReason.SrcBucketUnversioned, "the source bucket keeps no versions"));
        }
        return ofDestination(facts);
    }

    /** Writing to a bucket that keeps no versions would destroy what it holds (promise P3). */
    Optional<Decided> ofDestination(Facts facts) {
        var versioning = facts.get(new Question.DestinationBucket()).versioning();
        return versioning == Versioning.ENABLED
                ? Optional.empty()
                : Optional.of(refuse(
                        FailureReason.DstBucketUnversioned, "versioning of the destination bucket is " + versioning));
    }

    /** Rules 10, 24, 26, 29, 36 and 49; the tags of rule 9 come last as they cost a request. */
    Optional<Decided> ofVersion(Assignment assignment, Facts facts, Subject subject, ObjectHead source) {
        return ofAsked(assignment, facts, source)
                .or(() -> ofOrigin(facts, subject, source))
                .or(() -> ofEncryption(assignment, source))
                .or(() -> ofStorage(facts, source))
                .or(() -> ofTags(assignment, facts, source));
    }

    private static Optional<Decided> ofAsked(Assignment assignment, Facts facts, ObjectHead source) {
        return assignment.asksAnotherRule()
                ? ofTags(assignment, facts, source)
                        .or(() -> Optional.of(
                                skip(SkipReason.ANOTHER_RULE, "a job asked a rule that this one goes before")))
                : Optional.empty();
    }

    private Optional<Decided> ofOrigin(Facts facts, Subject subject, ObjectHead source) {
        if ("REPLICA".equals(source.replicationStatus())) {
            return Optional.of(skip(SkipReason.SOURCE_IS_REPLICA, "the store says that it is a replica"));
        }
        return originOf(facts, subject, source) == null
                ? Optional.empty()
                : Optional.of(skip(SkipReason.SOURCE_IS_REPLICA, "it carries our own mark"));
    }

    /**
     * What a version of the source is a replica of; null for one that Tidelock did not write. A person who copies a replica
     * onto its own key copies the mark as well: so of one mark in a stack only the first version is Tidelock's. What it puts
     * back on top carries the same mark each time, and is always its own. Who wrote according to the event saves the look at
     * the stack, and decides nothing else: a name that is missing among Tidelock's would send every replica back.
     */
    @Nullable
    OriginMark originOf(Facts facts, Subject subject, ObjectHead source) {
        var origin = marks.originOf(source);
        var isKnown = subject.principal() != null && ownPrincipals.contains(subject.principal());
        return origin == null || isKnown || origin.kind() == Kind.PUT_BACK || !isMarkBelow(facts, subject, source)
                ? origin
                : null;
    }

    /** Whether an earlier version carries the same mark: a copy is as long as what it copies, so few have to be looked at. */
    private static boolean isMarkBelow(Facts facts, Subject subject, ObjectHead source) {
        var order = SourceOrder.around(subject, facts.get(new Question.SourceStack()));
        return order != null
                && order.below().stream()
                        .filter(layer -> layer instanceof DataVersion data && data.sizeBytes() == source.sizeBytes())
                        .anyMatch(layer -> facts.get(new Question.SourceHead(layer.id()))
                                        instanceof SourceAnswer.Found(var earlier)
                                && Marks.haveSameMark(earlier, source));
    }

    private static Optional<Decided> ofEncryption(Assignment assignment, ObjectHead source) {
        return switch (source.encryption()) {
            case Encryption.SseC(var keyMd5)
            when keyMd5 == null -> Optional.of(skip(SkipReason.SSE_C_UNREADABLE, "only its writer has the SSE-C key"));
            case Encryption.SseKms _
            when !assignment.rule().sseKmsSelected() ->
                Optional.of(skip(SkipReason.KMS_NOT_SELECTED, "the rule does not select SSE-KMS versions"));
            case Encryption.SseC _, Encryption.SseKms _, Encryption.SseS3(), Encryption.None() -> Optional.empty();
        };
    }

    /** Whether its bytes cannot be read now, wherever it lies. */
    static boolean isArchived(ObjectHead version) {
        return ARCHIVES.contains(version.storageClass()) && !version.restored();
    }

    private static Optional<Decided> ofStorage(Facts facts, ObjectHead source) {
        if (isArchived(source)) {
            return Optional.of(skip(SkipReason.ARCHIVED, "its class is " + source.storageClass()));
        }
        return LockPlans.obstacle(facts, source);
    }

    private static Optional<Decided> ofTags(Assignment assignment, Facts facts, ObjectHead source) {
        var filter = assignment.rule().filter();
        return !filter.needsTags()
                        || filter.acceptsTags(facts.get(
                                new Question.SourceTags(source.version().id())))
                ? Optional.empty()
                : Optional.of(skip(SkipReason.TAGS_DO_NOT_MATCH, "its tags are not those that the rule selects"));
    }
}
