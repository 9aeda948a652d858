package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What keeps a version from being removed (UG: Locking objects with Object Lock). Retention and legal hold stand side by side: each alone is
 * enough.
 *
 * @param retention until when, empty for no retention
 * @param legalHold whether there is a hold; empty when nobody ever said so
 */
public record VersionLock(Optional<Retention> retention, Optional<Boolean> legalHold) {
    public static final VersionLock NONE = new VersionLock(Optional.empty(), Optional.empty());

    /** Refuses the removal of the version now; {@code bypass} is the right to pass over GOVERNANCE, never over a hold. */
    void checkRemovable(Instant now, boolean bypass) {
        if (legalHold.orElse(false) || protectedAt(now, bypass)) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Access Denied because object protected by object lock.");
        }
    }

    private boolean protectedAt(Instant now, boolean bypass) {
        return retention
                .filter(kept -> kept.holdsAt(now))
                .filter(kept -> kept.mode() == Retention.Mode.COMPLIANCE || !bypass)
                .isPresent();
    }

    /**
     * The lock with another retention, or with none. A retention that still holds can be made longer by anybody; anything else takes a bypass
     * in GOVERNANCE and is impossible in COMPLIANCE (UG: Locking objects with Object Lock, retention modes).
     */
    VersionLock withRetention(Optional<Retention> next, Instant now, boolean bypass) {
        var kept = retention.filter(earlier -> earlier.holdsAt(now));
        var extending = kept.isEmpty()
                || next.filter(later -> later.extending(kept.get())).isPresent();
        if (!extending && protectedAt(now, bypass)) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Access Denied because object protected by object lock.");
        }
        return new VersionLock(next, legalHold);
    }

    VersionLock withLegalHold(boolean on) {
        return new VersionLock(retention, Optional.of(on));
    }

    /** The lock that a new version gets where the bucket has a default, which counts only when no retention was asked for. */
    VersionLock orDefault(Optional<DefaultRetention> standard, Instant created) {
        return retention.isPresent() ? this : new VersionLock(standard.map(period -> period.from(created)), legalHold);
    }
}
