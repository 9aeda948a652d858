package io.tidelock.replicator.outcome;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import org.jspecify.annotations.Nullable;

/** What outcomes tell of a version. Thread-safe; may block. */
@FunctionalInterface
public interface Journal {
    /** Remembers nothing. */
    Journal NONE = (_, _, _, _) -> Entry.NOTHING;

    /**
     * What the newest outcomes that are still kept say of a version or marker and its replica key.
     *
     * @param eTag of a null version, which its id alone does not name (rule 20); of others it is not asked
     */
    Entry of(ObjectKey source, VersionId version, @Nullable String eTag, ObjectKey replica);

    /** What is remembered. */
    enum Entry {
        /** No outcome that is still kept speaks of it. */
        NOTHING,
        /** It once was at the destination. */
        WAS_THERE,
        /** It failed the last time. */
        FAILED,
        /** It once was at the destination, and failed the last time. */
        WAS_THERE_AND_FAILED,
        /** It seems to have been there, but there are more versions than can be told apart. */
        UNCERTAIN,
        /** Outcomes cannot be read now, or have not all been read yet. */
        UNREADABLE
    }
}
