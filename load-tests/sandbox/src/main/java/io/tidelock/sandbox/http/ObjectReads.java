package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Part;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GetObject and HeadObject (API: GetObject, HeadObject). */
final class ObjectReads {
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding",
            "response-content-language", "content-language",
            "response-content-type", "content-type",
            "response-expires", "expires");
    /** UG: Working with archived objects: they must be restored first. */
    static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final Bodies bodies;

    ObjectReads(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> get(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toRead(exchange, bucket, "s3:GetObject");
        Future<Void> answered;
        try {
            answered = answer(exchange, bucket, version, true);
        } catch (RuntimeException refused) {
            version.body().release();
            throw refused;
        }
        return answered.onComplete(_ -> version.body().release());
    }

    Future<Void> head(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toRead(exchange, bucket, "s3:GetObject");
        try {
            return answer(exchange, bucket, version, false);
        } finally {
            version.body().release();
        }
    }

    private Future<Void> answer(Exchange exchange, BucketState bucket, StoredVersion version, boolean withBody) {
        CustomerKey.requireToRead(
                exchange, CustomerKey.OWN, version.attributes().encryption());
        var judged = Preconditions.judge(exchange, "", version);
        if (judged == Preconditions.Outcome.FAILED) {
            throw new Refusal(ErrorCode.PRECONDITION_FAILED);
        }
        describe(exchange, bucket, version);
        if (judged == Preconditions.Outcome.NOT_MODIFIED) {
            return exchange.empty(304);
        }
        if (withBody) {
            checkContent(exchange, version);
        }
        overrides(exchange);
        var part = part(exchange, version);
        var range = part.isPresent() ? part.map(Selected::range) : range(exchange, version);
        range.ifPresent(chosen ->
                exchange.response().setStatusCode(206).putHeader("Content-Range", chosen.contentRange(version.size())));
        checksum(exchange, version, part, range.isPresent());
        var offset = range.map(Range::offset).orElse(0L);
        var length = range.map(Range::length).orElse(version.size());
        var response = exchange.response().putHeader("Content-Length", Long.toString(length));
        return exchange.answer(
                () -> withBody && length > 0 ? bodies.send(exchange, version.body(), offset, length) : response.end());
    }

    /** What can be read of a version's bytes: not while archived, not without its key. */
    private static void checkContent(Exchange exchange, StoredVersion version) {
        if (ARCHIVED.contains(version.attributes().storageClass())) {
            throw new Refusal(ErrorCode.INVALID_OBJECT_STATE)
                    .with("StorageClass", version.attributes().storageClass());
        }
        EncryptionHeaders.checkReadable(exchange, version.attributes().encryption());
    }

    private static void describe(Exchange exchange, BucketState bucket, StoredVersion version) {
        var response = exchange.response()
                .putHeader("Last-Modified", HttpDates.header(version.lastModified()))
                .putHeader("ETag", ETags.quoted(version.eTag()))
                .putHeader("Accept-Ranges", "bytes");
        ObjectLookup.putVersionId(exchange, bucket, version);
        var attributes = version.attributes();
        attributes.systemHeaders().forEach(response::putHeader);
        attributes.userMetadata().forEach((name, value) -> response.putHeader(WriteHeaders.META + name, value));
        if (!attributes.storageClass().equals("STANDARD")) {
            response.putHeader("x-amz-storage-class", attributes.storageClass());
        }
        if (!attributes.tags().isEmpty() && mayReadTags(exchange, bucket, version)) {
            response.putHeader(
                    "x-amz-tagging-count", Integer.toString(attributes.tags().size()));
        }
        EncryptionHeaders.put(exchange, attributes.encryption());
        LockHeaders.put(exchange, bucket, version);
    }

    /** API: HeadObject, x-amz-tagging-count: told "when you have the relevant permission to read object tags". */
    private static boolean mayReadTags(Exchange exchange, BucketState bucket, StoredVersion version) {
        var action = ObjectLookup.ofVersion("s3:GetObjectTagging", exchange.versionId());
        return exchange.allows(bucket, action, Optional.of(version.key()), Optional.of(version));
    }

    /** API: GetObject, overriding response header values, which only signed requests may. */
    private static void overrides(Exchange exchange) {
        OVERRIDES.forEach((parameter, header) -> exchange.query(parameter).ifPresent(value -> {
            if (exchange.caller().anonymous()) {
                throw new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "Request specific response headers cannot be used for anonymous GET requests.");
            }
            exchange.response().putHeader(header, value);
        }));
    }

    private static Optional<Range> range(Exchange exchange, StoredVersion version) {
        return exchange.header("range").flatMap(header -> Range.parse(header, version.size()));
    }

    /**
     * A part of an object.
     *
     * @param range where it lies; of an empty object there is none
     * @param checksum its checksum
     */
    private record Selected(Range range, Optional<Checksum> checksum) {}

    /** API: GetObject, partNumber; an object that came in one piece has one part. */
    private static Optional<Selected> part(Exchange exchange, StoredVersion version) {
        var wanted = exchange.query("partNumber");
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (exchange.header("range").isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST, "Cannot specify both Range header and partNumber query parameter");
        }
        var number = PartNumbers.parse(wanted.get());
        if (version.parts().isEmpty()) {
            if (number != 1) {
                throw new Refusal(ErrorCode.INVALID_PART_NUMBER);
            }
            return version.size() == 0
                    ? Optional.empty()
                    : Optional.of(new Selected(new Range(0, version.size()), version.checksum()));
        }
        exchange.response()
                .putHeader(
                        "x-amz-mp-parts-count", Integer.toString(version.parts().size()));
        var offset = 0L;
        for (var i = 0; i < version.parts().size(); i++) {
            var part = version.parts().get(i);
            if (i + 1 == number) {
                return part.size() == 0 ? Optional.empty() : Optional.of(selected(part, offset));
            }
            offset += part.size();
        }
        throw new Refusal(ErrorCode.INVALID_PART_NUMBER);
    }

    private static Selected selected(Part part, long offset) {
        return new Selected(new Range(offset, part.size()), part.checksum());
    }

    /** A checksum is told of what is sent whole: the object or a part; never of another range. */
    private static void checksum(Exchange exchange, StoredVersion version, Optional<Selected> part, boolean partial) {
        if (!ChecksumHeaders.wanted(exchange)) {
            return;
        }
        if (part.isPresent()) {
            ChecksumHeaders.put(exchange, part.get().checksum());
        } else if (!partial) {
            EncryptionHeaders.checkReadable(exchange, version.attributes().encryption());
            ChecksumHeaders.put(exchange, version.checksum());
        }
    }
}
