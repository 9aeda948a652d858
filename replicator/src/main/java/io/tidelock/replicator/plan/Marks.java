package io.tidelock.replicator.plan;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.mark.MarkCheck;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.mark.OriginMark;
import io.tidelock.replicator.mark.OriginMark.Kind;
import io.tidelock.replicator.store.HeadAnswer;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What marks say about replicas. */
record Marks(MarkKeys keys) {
    /** The origin of a version as its own mark tells; null without a valid mark that names this source. */
    @Nullable
    OriginMark originOf(ObjectHead replica, Bucket source) {
        var origin = originOf(replica);
        return origin != null && origin.source().equals(source) ? origin : null;
    }

    /** The origin that a valid mark names, from whatever bucket; null without one. */
    @Nullable
    OriginMark originOf(ObjectHead version) {
        return keys.check(version.userMetadata(), version.version().object()) instanceof MarkCheck.Valid(var mark)
                ? mark
                : null;
    }

    /** User metadata as it is without any mark. */
    static Map<String, String> without(Map<String, String> metadata) {
        var all = new HashMap<>(metadata);
        all.remove(MarkKeys.METADATA_NAME);
        return all;
    }

    /** Whether two versions carry the very same mark. */
    static boolean haveSameMark(ObjectHead one, ObjectHead other) {
        return Objects.equals(
                one.userMetadata().get(MarkKeys.METADATA_NAME),
                other.userMetadata().get(MarkKeys.METADATA_NAME));
    }

    /** Whether a version was put back on top as a copy of another one of its stack: of one that was born there, or of a replica of the same source version. */
    boolean isCopyPutBackOf(ObjectHead version, ObjectHead original) {
        var origin = originOf(version);
        var other = originOf(original);
        return origin != null
                && (isPutBackOf(version, original)
                        || (other != null
                                && other.source().equals(origin.source())
                                && other.version().equals(origin.version())
                                && Objects.equals(other.eTag(), origin.eTag())));
    }

    /** Whether a version is another one of the same bucket, put back on top; of one that was itself put back, the same again. */
    boolean isPutBackOf(ObjectHead version, ObjectHead original) {
        var origin = originOf(version);
        return origin != null
                && origin.source().equals(original.version().object().bucket())
                && (names(origin, original) || haveSameMark(version, original));
    }

    /** When and as what a version first came to its bucket: what was put back on top is as old as what it copies. */
    Birth birthOf(ObjectHead version) {
        var origin = originOf(version);
        return origin != null
                        && origin.source().equals(version.version().object().bucket())
                ? new Birth(origin.lastModified(), origin.version())
                : new Birth(version.lastModified(), version.version().id());
    }

    /** The origin of the current replica. */
    @Nullable
    OriginMark originOf(HeadAnswer replica, Bucket source) {
        return replica instanceof HeadAnswer.Present(var head) ? originOf(head, source) : null;
    }

    /** The mark of a version that is copied now. */
    static OriginMark of(ObjectHead source, @Nullable Sequencer sequencer, Kind kind) {
        var version = source.version();
        return new OriginMark(
                version.object().bucket(),
                version.id(),
                sequencer,
                source.lastModified(),
                version.id().isNull() ? source.eTag() : null,
                kind);
    }

    /** Whether a mark names that numbered version. The null version is mutable: its id does not name it. */
    static boolean names(@Nullable OriginMark mark, VersionId id) {
        return mark != null && !id.isNull() && mark.version().equals(id);
    }

    /** Whether a mark names exactly that version, a null version by its ETag and time. */
    static boolean names(@Nullable OriginMark mark, ObjectHead source) {
        return mark != null
                && mark.version().equals(source.version().id())
                && (!mark.version().isNull() || namesNull(mark, source));
    }

    private static boolean namesNull(OriginMark mark, ObjectHead source) {
        return source.eTag().equals(mark.eTag())
                && source.lastModified().truncatedTo(ChronoUnit.MILLIS).equals(mark.lastModified());
    }
}
