package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Removal;
import io.tidelock.sandbox.model.VersionIds;
import io.tidelock.sandbox.model.WriteCondition;
import io.vertx.core.Future;
import java.util.Optional;

/** DeleteObject and DeleteObjects (API: DeleteObject, DeleteObjects; UG: Deleting Amazon S3 objects). */
final class DeleteOperations {
    private static final int KEYS_MAX = 1000;
    private static final int DOCUMENT_BYTES_MAX = 2 << 20;

    private final Bodies bodies;

    DeleteOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> delete(Exchange exchange) {
        var bucket = exchange.bucket();
        var removal = delete(exchange, bucket, exchange.key(), exchange.versionId(), condition(exchange));
        removal.versionId().ifPresent(id -> exchange.response().putHeader("x-amz-version-id", id));
        if (removal.deleteMarker()) {
            exchange.response().putHeader("x-amz-delete-marker", "true");
        }
        return exchange.empty(204);
    }

    /** UG: How to perform conditional deletes, which speak of the current version only. */
    private static WriteCondition condition(Exchange exchange) {
        var eTag = exchange.header("if-match");
        if (eTag.isPresent() && (eTag.get().equals("*") || exchange.versionId().isPresent())) {
            throw new Refusal(ErrorCode.NOT_IMPLEMENTED).with("Header", "If-Match");
        }
        return new WriteCondition(eTag.map(ETags::bare), false);
    }

    private static Removal delete(
            Exchange exchange, BucketState bucket, String key, Optional<String> versionId, WriteCondition condition) {
        exchange.require(bucket, ObjectLookup.ofVersion("s3:DeleteObject", versionId), key, Optional.empty());
        if (versionId.isPresent() && bucket.settings().mfaDelete().orElse(false)) {
            SecondFactor.require(exchange);
        }
        return versionId.isPresent()
                ? bucket.deleteVersion(
                        key, versionId.get(), exchange.actor(), LockHeaders.bypasses(exchange, bucket, key))
                : bucket.delete(key, condition, exchange.actor());
    }

    /** Up to 1,000 keys, each with an answer of its own; the request must carry a digest (API: DeleteObjects). */
    Future<Void> deleteMany(Exchange exchange) {
        var bucket = exchange.bucket();
        if (exchange.header("content-md5").isEmpty()
                && ChecksumHeaders.announced(exchange).isEmpty()
                && ChecksumHeaders.inTrailer(exchange).isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var wanted = XmlElement.parse(document, "Delete");
            var objects = wanted.children("Object");
            if (objects.isEmpty() || objects.size() > KEYS_MAX) {
                throw new Refusal(ErrorCode.MALFORMED_XML);
            }
            var quiet = wanted.textOf("Quiet").filter("true"::equals).isPresent();
            var xml = XmlWriter.document("DeleteResult");
            for (var object : objects) {
                delete(exchange, bucket, object, quiet, xml);
            }
            return exchange.xml(xml.end());
        });
    }

    private static void delete(Exchange exchange, BucketState bucket, XmlElement object, boolean quiet, XmlWriter xml) {
        var key = object.child("Key")
                .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML))
                .rawText();
        var versionId = object.textOf("VersionId").filter(id -> !id.isEmpty());
        try {
            if (versionId.filter(id -> !VersionIds.wellFormed(id)).isPresent()) {
                throw new Refusal(ErrorCode.NO_SUCH_VERSION);
            }
            if (object.children().size() > (versionId.isPresent() ? 2 : 1)) {
                throw new Refusal(ErrorCode.NOT_IMPLEMENTED);
            }
            var removal = delete(exchange, bucket, key, versionId, WriteCondition.NONE);
            if (!quiet) {
                xml.open("Deleted").element("Key", key).element("VersionId", versionId);
                if (removal.deleteMarker()) {
                    xml.element("DeleteMarker", true).element("DeleteMarkerVersionId", removal.versionId());
                }
                xml.close("Deleted");
            }
        } catch (Refusal refusal) {
            xml.open("Error")
                    .element("Key", key)
                    .element("VersionId", versionId)
                    .element("Code", refusal.code().code())
                    .element("Message", String.valueOf(refusal.getMessage()))
                    .close("Error");
        }
    }
}
