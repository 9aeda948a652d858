package io.tidelock.replicator.plan;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.plan.Plan.PutBack;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What exactly is written: the source's own content and metadata, and the rule's encryption, class and owner. */
final class Draft {
    private final Marks marks;

    Draft(Marks marks) {
        this.marks = marks;
    }

    /** The copy of a source version. */
    Plan.Replicate replica(
            Assignment assignment, Facts facts, ObjectHead source, OriginMark mark, Optional<PutBack> putBack) {
        var rule = assignment.rule();
        var signed = marks.keys().sign(mark.followed(false), assignment.replica());
        var marked = MarkKeys.fits(source.userMetadata(), signed);
        var tags = source.tagCount() > 0 || rule.filter().needsTags()
                ? facts.get(new Question.SourceTags(source.version().id()))
                : Map.<String, String>of();
        var write = new ReplicaWrite(
                assignment.replica(),
                source.sizeBytes(),
                source.content(),
                marked ? with(source.userMetadata(), signed) : Marks.without(source.userMetadata()),
                tags,
                Optional.ofNullable(rule.destination().storageClass()).orElse(source.storageClass()),
                encryption(rule, source.encryption()),
                AclPlans.ofReplica(assignment, facts, source.version().id()),
                assignment.destination().checksums() ? source.checksum() : null,
                LockPlans.carried(facts, source.lock()),
                facts.get(new Question.DestinationBucket()).retainsByDefault(),
                precondition(assignment, facts.get(new Question.DestinationHead())));
        return new Plan.Replicate(source, marked ? telling(mark, write, assignment) : write, marked, putBack);
    }

    /** The mark says as well whether tags and grants come after the version; it is as long either way. */
    private ReplicaWrite telling(OriginMark mark, ReplicaWrite write, Assignment assignment) {
        return write.isFollowed()
                ? write.with(with(write.userMetadata(), marks.keys().sign(mark.followed(true), assignment.replica())))
                : write;
    }

    /**
     * What the destination shows once more, or empty where it cannot be: it is archived there, and the source does not have
     * it. The executor fills in what must still hold.
     */
    Optional<PutBack> putBack(Assignment assignment, Facts facts, ReplicaStack.Replica covered) {
        var head = covered.head();
        if (head == null) {
            return Optional.of(new PutBack.Marker(assignment.replica()));
        }
        return Eligibility.isArchived(head)
                ? fromSource(assignment, facts, covered.origin())
                : Optional.of(asItIs(assignment, facts, head));
    }

    private Optional<PutBack> fromSource(Assignment assignment, Facts facts, @Nullable OriginMark origin) {
        return origin != null
                        && facts.get(new Question.SourceHead(origin.version()))
                                instanceof SourceAnswer.Found(var source)
                        && Marks.names(origin, source)
                        && !Eligibility.isArchived(source)
                ? Optional.of(new PutBack.FromSource(
                        source,
                        replica(assignment, facts, source, origin.as(Kind.PUT_BACK), Optional.empty())
                                .write()))
                : Optional.empty();
    }

    private PutBack asItIs(Assignment assignment, Facts facts, ObjectHead head) {
        var tags = head.tagCount() > 0
                ? facts.get(new Question.ReplicaTags(head.version().id()))
                : Map.<String, String>of();
        var write = new ReplicaWrite(
                assignment.replica(),
                head.sizeBytes(),
                head.content(),
                putBackMetadata(assignment, head),
                tags,
                head.storageClass(),
                putBackEncryption(assignment, head),
                AclPlans.ofPutBack(assignment, facts, head.version().id()),
                null,
                LockPlans.carried(facts, head.lock()),
                new Precondition.Anything());
        return new PutBack.Version(
                head,
                putBackMark(assignment, head)
                        .map(mark -> telling(mark, write, assignment))
                        .orElse(write));
    }

    /**
     * A replica of ours keeps its origin. What was born at the destination gets one where both buckets replicate to each
     * other, so that its copy is not taken for another write.
     */
    private Map<String, String> putBackMetadata(Assignment assignment, ObjectHead head) {
        return putBackMark(assignment, head)
                .map(mark -> with(head.userMetadata(), marks.keys().sign(mark, assignment.replica())))
                .orElseGet(head::userMetadata);
    }

    /** Whether what was born at the destination has room for the mark that its copy needs. */
    boolean canBePutBack(Assignment assignment, ObjectHead head) {
        return putBackMark(assignment, head)
                .map(mark -> marks.keys().sign(mark, assignment.replica()))
                .filter(mark -> !MarkKeys.fits(head.userMetadata(), mark))
                .isEmpty();
    }

    private Optional<OriginMark> putBackMark(Assignment assignment, ObjectHead head) {
        var origin = marks.originOf(head);
        if (origin == null && !assignment.twoWay()) {
            return Optional.empty();
        }
        return Optional.of(
                origin == null
                        ? Marks.of(head, null, Kind.PUT_BACK)
                        : origin.as(Kind.PUT_BACK).followed(false));
    }

    /** Rules 25 and 26. */
    private static Encryption encryption(ReplicationRule rule, Encryption source) {
        return switch (source) {
            case Encryption.SseKms kms ->
                new Encryption.SseKms(
                        rule.destination().replicaKmsKeyId(),
                        kms.dualLayer(),
                        kms.bucketKey(),
                        rule.destination().encryptionContext());
            case Encryption.SseS3 s3 -> s3;
            case Encryption.None none -> none;
            case Encryption.SseC customer -> customer;
        };
    }

    /** As it is, with the encryption context of the rule: the one that it was written with is told by no answer. */
    private static Encryption putBackEncryption(Assignment assignment, ObjectHead head) {
        return switch (head.encryption()) {
            case Encryption.SseKms kms ->
                new Encryption.SseKms(
                        kms.keyArn(),
                        kms.dualLayer(),
                        kms.bucketKey(),
                        assignment.rule().destination().encryptionContext());
            case Encryption.SseS3 s3 -> s3;
            case Encryption.None none -> none;
            case Encryption.SseC customer -> customer;
        };
    }

    private static Precondition precondition(Assignment assignment, HeadAnswer seen) {
        if (!assignment.destination().conditionalWrites()) {
            return new Precondition.Anything();
        }
        return seen instanceof HeadAnswer.Present(var head)
                ? new Precondition.StillETag(head.eTag())
                : new Precondition.Nothing();
    }

    private static Map<String, String> with(Map<String, String> metadata, String mark) {
        var all = new HashMap<>(metadata);
        all.put(MarkKeys.METADATA_NAME, mark);
        return all;
    }
}
