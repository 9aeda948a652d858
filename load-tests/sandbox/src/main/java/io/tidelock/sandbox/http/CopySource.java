package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.DeleteMarker;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.VersionIds;
import java.util.Optional;

/**
 * The source of a copy (API: CopyObject, x-amz-copy-source).
 *
 * @param bucket the bucket, in whatever region
 * @param key the object key
 * @param versionId the version, when it is named
 */
record CopySource(BucketState bucket, String key, Optional<String> versionId) {
    private static final String VERSION = "?versionId=";

    static CopySource parse(Exchange exchange) {
        var header = exchange.header("x-amz-copy-source").orElseThrow();
        var at = header.indexOf(VERSION);
        var path = at < 0 ? header : header.substring(0, at);
        var versionId = at < 0 ? Optional.<String>empty() : Optional.of(header.substring(at + VERSION.length()));
        var decoded = Percent.decode(path, false);
        var name = decoded.startsWith("/") ? decoded.substring(1) : decoded;
        var slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            throw invalid("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", header);
        }
        versionId.filter(id -> !VersionIds.wellFormed(id)).ifPresent(_ -> {
            throw invalid("Invalid version id specified", header);
        });
        var bucket = exchange.bucket(name.substring(0, slash));
        exchange.header("x-amz-source-expected-bucket-owner")
                .ifPresent(expected -> Exchange.checkOwner(bucket, expected));
        return new CopySource(bucket, name.substring(slash + 1), versionId);
    }

    private static Refusal invalid(String message, String header) {
        return new Refusal(ErrorCode.INVALID_ARGUMENT, message)
                .with("ArgumentName", "x-amz-copy-source")
                .with("ArgumentValue", header);
    }

    /** The version to copy, held; the caller releases its body. */
    StoredVersion open(Exchange exchange) {
        var found = bucket.hold(key, versionId);
        var stored = found.isPresent() && found.get() instanceof StoredVersion version
                ? Optional.of(version)
                : Optional.<StoredVersion>empty();
        try {
            exchange.require(bucket, ObjectLookup.ofVersion("s3:GetObject", versionId), key, stored);
            var version = stored.orElseThrow(
                    () -> missing(exchange, found.isPresent() && found.get() instanceof DeleteMarker));
            check(exchange, version);
            return version;
        } catch (Refusal refusal) {
            stored.ifPresent(version -> version.body().release());
            throw refusal;
        }
    }

    private void check(Exchange exchange, StoredVersion version) {
        Preconditions.requireSource(exchange, version);
        if (ObjectReads.ARCHIVED.contains(version.attributes().storageClass())) {
            throw new Refusal(ErrorCode.OBJECT_NOT_IN_ACTIVE_TIER);
        }
        CustomerKey.requireToRead(
                exchange, CustomerKey.SOURCE, version.attributes().encryption());
        EncryptionHeaders.checkReadable(
                exchange, bucket.name(), key, version.attributes().encryption());
    }

    private Refusal missing(Exchange exchange, boolean marker) {
        if (!exchange.allows(bucket, "s3:ListBucket", Optional.empty(), Optional.empty())) {
            return new Refusal(ErrorCode.ACCESS_DENIED);
        }
        if (versionId.isEmpty()) {
            return new Refusal(ErrorCode.NO_SUCH_KEY).with("Key", key);
        }
        return marker
                ? new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "The source of a copy request may not specifically refer to a delete marker by version id.")
                : new Refusal(ErrorCode.NO_SUCH_VERSION).with("Key", key).with("VersionId", versionId.get());
    }
}
