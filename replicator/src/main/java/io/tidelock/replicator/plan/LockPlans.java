package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectLock;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.plan.Decision.Decided;
import java.time.Instant;
import java.util.Optional;

/** Which retention and hold a replica gets (rule 36): the source's, never less than the replica has. */
final class LockPlans {
    private static final String COMPLIANCE = "COMPLIANCE";

    private LockPlans() {}

    /** What is written with a copy. A retention that has ended is none: S3 takes no dates of the past. */
    static ObjectLock carried(Facts facts, ObjectLock lock) {
        return lock.retainUntil() == null || isLive(lock, facts.get(new Question.Now()))
                ? lock
                : new ObjectLock(null, null, lock.legalHold());
    }

    /** Why a version cannot be copied with its lock, or empty where it can, or has none any more. */
    static Optional<Decided> obstacle(Facts facts, ObjectHead source) {
        return !source.lock().isNone()
                        && !carried(facts, source.lock()).isNone()
                        && !facts.get(new Question.DestinationBucket()).objectLock()
                ? Optional.of(Answers.refuse(
                        FailureReason.DstBucketObjectLockConfigMissing,
                        "the version is locked and the destination bucket cannot lock"))
                : Optional.empty();
    }

    private static boolean isLive(ObjectLock lock, Instant now) {
        return lock.mode() != null
                && lock.retainUntil() != null
                && lock.retainUntil().isAfter(now);
    }

    /** What has to be added to the replica's lock, or empty when that would change nothing or weaken it. */
    static Optional<ObjectLock> added(Facts facts, ObjectLock replica, ObjectLock source) {
        var now = facts.get(new Question.Now());
        var retains = isLive(source, now) && isStronger(source, replica, now);
        var holds = source.legalHold() && !replica.legalHold();
        return retains || holds
                ? Optional.of(
                        new ObjectLock(retains ? source.mode() : null, retains ? source.retainUntil() : null, holds))
                : Optional.empty();
    }

    private static boolean isStronger(ObjectLock source, ObjectLock replica, Instant now) {
        if (!isLive(replica, now)) {
            return true;
        }
        var modes = Boolean.compare(COMPLIANCE.equals(source.mode()), COMPLIANCE.equals(replica.mode()));
        var ends = end(source).compareTo(end(replica));
        return modes >= 0 && ends >= 0 && modes + ends > 0;
    }

    /** Whether a retention that holds goes from GOVERNANCE to COMPLIANCE. */
    static boolean hardens(Facts facts, ObjectLock replica, ObjectLock added) {
        return COMPLIANCE.equals(added.mode())
                && !COMPLIANCE.equals(replica.mode())
                && isLive(replica, facts.get(new Question.Now()));
    }

    private static Instant end(ObjectLock lock) {
        return lock.retainUntil() == null ? Instant.EPOCH : lock.retainUntil();
    }

    /** Whether both are locked alike; what has ended is none. */
    static boolean isSame(Facts facts, ObjectHead replica, ObjectHead source) {
        return carried(facts, replica.lock()).equals(carried(facts, source.lock()));
    }
}
