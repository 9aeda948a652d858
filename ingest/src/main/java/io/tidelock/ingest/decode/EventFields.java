package io.tidelock.ingest.decode;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import io.tidelock.ingest.json.JsonFields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What S3 notifications and EventBridge events have in common, once their meaning is known. */
record EventFields(
        ObjectKey object,
        @Nullable VersionId versionId,
        Instant time,
        @Nullable Sequencer sequencer,
        @Nullable String principal,
        String name,
        @Nullable Long sizeBytes,
        @Nullable String eTag) {
    static final int TEXT_CHARS_MAX = 2_048;
    private static final int BUCKET_CHARS_MAX = 255;

    /** The bucket of a source's store. */
    static Bucket bucket(String store, JsonFields bucket) throws FlawException {
        return bucket(store, bucket, "name");
    }

    /** The same where another field names it. */
    static Bucket bucket(String store, JsonFields fields, String field) throws FlawException {
        var name = fields.text(field, BUCKET_CHARS_MAX);
        if (name.indexOf('/') >= 0) {
            throw new FlawException(Flaw.INVALID_FIELD, fields.at(field) + " must not hold a slash: " + name);
        }
        return new Bucket(store, name);
    }

    /** An ETag without the quotes that some producers leave around it. */
    static @Nullable String eTag(JsonFields object, String field) throws FlawException {
        var text = object.textOrNull(field, TEXT_CHARS_MAX);
        return text == null ? null : text.replace("\"", "");
    }

    /** The event, or null where the meaning is that there is none. */
    @Nullable
    BucketEvent event(Meaning meaning) {
        return switch (meaning) {
            case Meaning.Created(var cause) ->
                new ObjectCreated(occurrence(versionId, sequencer, cause), sizeBytes, eTag);
            case Meaning.MarkerMade(var cause) -> new DeleteMarkerCreated(occurrence(versionId, sequencer, cause));
            case Meaning.Removed(var cause) -> new VersionRemoved(occurrence(versionId, sequencer, cause));
            case Meaning.AllRemoved(var cause) -> new VersionRemoved(occurrence(null, sequencer, cause));
            case Meaning.Changed(var aspect) ->
                // a sequencer here would be that of the version's own creation (rules 43, 44)
                new MetadataChanged(occurrence(versionId, null, Cause.REQUEST), aspect);
            case Meaning.Nothing _ -> null;
        };
    }

    private Occurrence occurrence(@Nullable VersionId version, @Nullable Sequencer order, Cause cause) {
        return new Occurrence(object, version, time, order, principal, name, cause);
    }
}
