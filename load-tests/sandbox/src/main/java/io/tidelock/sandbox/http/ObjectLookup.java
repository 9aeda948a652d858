package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.DeleteMarker;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.Version;
import io.tidelock.sandbox.model.Versioning;
import java.util.List;
import java.util.Optional;

/** Finds the version that a request is about, or says as S3 does why there is none. */
final class ObjectLookup {
    private static final List<String> ASPECTS = List.of("Tagging", "Acl", "Attributes");

    private ObjectLookup() {}

    /**
     * The version to read, held; the caller releases its body. A current delete marker is 404 and one named by its id is 405, both with
     * {@code x-amz-delete-marker} (UG: Working with delete markers).
     *
     * @param action the permission to read it, without {@code Version}
     */
    static StoredVersion toRead(Exchange exchange, BucketState bucket, String action) {
        var versionId = exchange.versionId();
        var found = bucket.hold(exchange.key(), versionId);
        try {
            return check(exchange, bucket, found, versionId, action, false);
        } catch (Refusal refusal) {
            if (found.isPresent() && found.get() instanceof StoredVersion stored) {
                stored.body().release();
            }
            throw refusal;
        }
    }

    /** The version that is looked at and not read: as {@link #toRead}, without holding it. */
    static StoredVersion toLookAt(Exchange exchange, BucketState bucket, String action) {
        var versionId = exchange.versionId();
        return check(exchange, bucket, bucket.find(exchange.key(), versionId), versionId, action, false);
    }

    /** The version whose tags, ACL or lock are wanted; a delete marker has none, 405 (UG: Working with delete markers). */
    static StoredVersion toDescribe(Exchange exchange, BucketState bucket, String action) {
        var versionId = exchange.versionId();
        return check(exchange, bucket, bucket.find(exchange.key(), versionId), versionId, action, true);
    }

    private static StoredVersion check(
            Exchange exchange,
            BucketState bucket,
            Optional<Version> found,
            Optional<String> versionId,
            String action,
            boolean describing) {
        var stored = found.isPresent() && found.get() instanceof StoredVersion version
                ? Optional.of(version)
                : Optional.<StoredVersion>empty();
        exchange.require(bucket, ofVersion(action, versionId), exchange.key(), stored);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (found.isPresent() && found.get() instanceof DeleteMarker marker) {
            throw marked(bucket, marker, versionId.isPresent() || describing);
        }
        throw missing(exchange, bucket, versionId);
    }

    /** IAM names the same thing on a version {@code ...Version} (UG: Policy actions for Amazon S3). */
    static String ofVersion(String action, Optional<String> versionId) {
        if (versionId.isEmpty() || action.endsWith("Retention") || action.endsWith("LegalHold")) {
            return action;
        }
        for (var aspect : ASPECTS) {
            if (action.endsWith(aspect)) {
                return action.replace(aspect, "Version" + aspect);
            }
        }
        return action + "Version";
    }

    private static Refusal marked(BucketState bucket, DeleteMarker marker, boolean notAllowed) {
        var refusal = notAllowed
                ? new Refusal(ErrorCode.METHOD_NOT_ALLOWED)
                        .with("ResourceType", "DeleteMarker")
                        .withHeader("Allow", "DELETE")
                        .withHeader("Last-Modified", HttpDates.header(marker.lastModified()))
                : new Refusal(ErrorCode.NO_SUCH_KEY).with("Key", marker.key());
        if (bucket.versioning() != Versioning.NEVER) {
            refusal.withHeader("x-amz-version-id", marker.versionId());
        }
        return refusal.withHeader("x-amz-delete-marker", "true");
    }

    /** Who may not list is not told whether the key exists (API: GetObject, permissions). */
    private static Refusal missing(Exchange exchange, BucketState bucket, Optional<String> versionId) {
        if (!exchange.allows(bucket, "s3:ListBucket", Optional.empty(), Optional.empty())) {
            return new Refusal(ErrorCode.ACCESS_DENIED);
        }
        return versionId.isPresent()
                ? new Refusal(ErrorCode.NO_SUCH_VERSION)
                        .with("Key", exchange.key())
                        .with("VersionId", versionId.get())
                : new Refusal(ErrorCode.NO_SUCH_KEY).with("Key", exchange.key());
    }

    /** The id of a version, told wherever a bucket ever kept versions (UG: Working with objects in a versioning-enabled bucket). */
    static void putVersionId(Exchange exchange, BucketState bucket, Version version) {
        if (bucket.versioning() != Versioning.NEVER) {
            exchange.response().putHeader("x-amz-version-id", version.versionId());
        }
    }
}
