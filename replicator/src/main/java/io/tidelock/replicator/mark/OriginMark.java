package io.tidelock.replicator.mark;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which source version a replica is, in which order it came, and why it stands where it stands.
 *
 * @param source the bucket it was read from
 * @param version the version that was read
 * @param sequencer the order of the event that caused the copy, or null where it had none (rule 43)
 * @param lastModified when the source says the version was written; kept in milliseconds
 * @param eTag the source's ETag; always there for a null version, which its id alone does not name (rule 20), and null
 *     otherwise
 * @param kind why the replica was written
 * @param followed whether its tags and grants come after it, in requests of their own, so that it may have been left without them
 */
public record OriginMark(
        Bucket source,
        VersionId version,
        @Nullable Sequencer sequencer,
        Instant lastModified,
        @Nullable String eTag,
        Kind kind,
        boolean followed) {
    public OriginMark {
        lastModified = lastModified.truncatedTo(ChronoUnit.MILLIS);
        if (version.isNull() != (eTag != null)) {
            throw new IllegalArgumentException("the mark of a null version, and only that, names an ETag");
        }
    }

    /** A replica that is written with all that it is to have. */
    public OriginMark(
            Bucket source,
            VersionId version,
            @Nullable Sequencer sequencer,
            Instant lastModified,
            @Nullable String eTag,
            Kind kind) {
        this(source, version, sequencer, lastModified, eTag, kind, false);
    }

    /** The same origin, written for another reason. */
    public OriginMark as(Kind other) {
        return new OriginMark(source, version, sequencer, lastModified, eTag, other, followed);
    }

    /** The same, of a replica whose tags and grants come after it or not. */
    public OriginMark followed(boolean later) {
        return new OriginMark(source, version, sequencer, lastModified, eTag, kind, later);
    }

    /** Why a replica was written. */
    public enum Kind {
        /** It was newer than all that the destination held. */
        IN_ORDER('o'),
        /** It came after a newer one; what it covered is to be put back on top. */
        LATE('l'),
        /** It was put back on top of a late one; a second copy, set aside when history is judged. */
        PUT_BACK('p');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }
}
