package io.tidelock.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Retention and legal hold of one version.
 *
 * @param mode {@code GOVERNANCE} or {@code COMPLIANCE}, or null without retention
 * @param retainUntil end of the retention, or null without retention
 * @param legalHold whether a legal hold is on
 */
public record ObjectLock(@Nullable String mode, @Nullable Instant retainUntil, boolean legalHold) {
    /** Neither retention nor hold. */
    public static final ObjectLock NONE = new ObjectLock(null, null, false);

    public boolean isNone() {
        return mode == null && !legalHold;
    }
}
