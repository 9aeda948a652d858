package io.tidelock.replicator.outcome;

/** Every reason not to act. */
public enum SkipReason {
    /** No enabled rule names this bucket and key. */
    NO_RULE,
    /** The rule selects by tag, and the version does not have it. */
    TAGS_DO_NOT_MATCH,
    /** A job asked another rule, and this one, of higher priority, takes the version. */
    ANOTHER_RULE,
    /** The destination already holds this version. */
    ALREADY_REPLICATED,
    /** The rule keeps only current versions, and a newer one is already there. */
    SUPERSEDED,
    /** The version is gone at the source (S3: SrcVersionNotFound). */
    SRC_VERSION_NOT_FOUND,
    /** The source version is itself a replica (rules 10, 49). */
    SOURCE_IS_REPLICA,
    /** The event came before its object: a multipart upload was only begun (rule 48). */
    NO_OBJECT_YET,
    /** The rule does not propagate delete markers. */
    MARKERS_NOT_PROPAGATED,
    /** The current entry at the destination is a marker already. */
    MARKER_ALREADY_THERE,
    /** A newer version stands at the source or the destination. */
    MARKER_OUTDATED,
    /** Permanent deletions and undeletes are never propagated (rule 13). */
    REMOVALS_NEVER_PROPAGATED,
    /** Lifecycle made it (rule 14). */
    MADE_BY_LIFECYCLE,
    /** SSE-KMS without {@code SseKmsEncryptedObjects} enabled (rule 26). */
    KMS_NOT_SELECTED,
    /** SSE-C cannot be read without its key, and the source store's customerKeys do not have it (rule 29). */
    SSE_C_UNREADABLE,
    /** GLACIER and DEEP_ARCHIVE are not read (rule 24). */
    ARCHIVED,
    /** The destination's owner alone decides there: owner override, or a bucket without ACLs (rule 32). */
    ACL_NOT_COPIED,
    /** The replica is locked longer or harder than its source is now: a lock is never weakened (rule 36). */
    LOCK_NEVER_WEAKENED,
    /** A sweep met what failed before, and the configuration has not changed since. */
    FAILED_BEFORE,
    /** A sweep cannot tell a lost event from a replica that was removed: outcomes are unreadable, not all read yet, or too many. */
    LEFT_TO_NEXT_SWEEP
}
