package io.tidelock.sandbox.http;

import io.tidelock.sandbox.body.SlicedBody;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.ChecksumAlgorithm;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.NewObject;
import io.tidelock.sandbox.model.NewPart;
import io.tidelock.sandbox.model.ObjectAttributes;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.Versioning;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** CopyObject and UploadPartCopy: the bytes are shared with the source, never moved (API: CopyObject, UploadPartCopy). */
final class CopyOperations {
    private static final Pattern RANGE = Pattern.compile("bytes=(?<from>[0-9]{1,18})-(?<to>[0-9]{1,18})");
    private static final String REDIRECT = "x-amz-website-redirect-location";

    private final Bodies bodies;

    CopyOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> copy(Exchange exchange) {
        var bucket = exchange.bucket();
        var acl = WriteHeaders.acl(exchange, bucket);
        ObjectWrites.authorize(exchange, bucket, acl);
        var source = CopySource.parse(exchange);
        var version = source.open(exchange);
        Future<Void> copied;
        try {
            checkSize(version.size());
            var attributes = attributes(exchange, bucket, source, version);
            var condition = WriteHeaders.condition(exchange);
            var wanted = ChecksumHeaders.named(exchange, "x-amz-checksum-algorithm")
                    .or(() -> version.checksum().map(Checksum::algorithm));
            copied = bodies.digest(version.body(), wanted).compose(received -> {
                version.body().retain();
                var written = bucket.put(
                        new NewObject(
                                EventName.OBJECT_CREATED_COPY,
                                exchange.key(),
                                received.body(),
                                received.md5(),
                                attributes,
                                received.checksum(),
                                acl,
                                condition),
                        exchange.actor());
                ObjectLookup.putVersionId(exchange, bucket, written);
                EncryptionHeaders.put(exchange, written.attributes().encryption());
                putSourceVersion(exchange, source, version);
                var xml = XmlWriter.document("CopyObjectResult")
                        .element("ETag", ETags.quoted(written.eTag()))
                        .element("LastModified", HttpDates.document(written.lastModified()));
                ChecksumHeaders.write(xml, written.checksum());
                return exchange.xml(xml.end());
            });
        } catch (RuntimeException refused) {
            version.body().release();
            throw refused;
        }
        return copied.onComplete(_ -> version.body().release());
    }

    Future<Void> copyPart(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutObject", exchange.key(), Optional.empty());
        var number = PartNumbers.parse(exchange.query("partNumber").orElse(""));
        var uploadId = exchange.query("uploadId").orElseThrow();
        var upload = bucket.upload(exchange.key(), uploadId);
        CustomerKey.requireForPart(exchange, upload.plan().attributes().encryption());
        EncryptionHeaders.checkReadable(exchange, upload.plan().attributes().encryption());
        var source = CopySource.parse(exchange);
        var version = source.open(exchange);
        SlicedBody slice;
        try {
            var range = range(exchange, version.size());
            checkSize(range.length());
            slice = new SlicedBody(version.body(), range.offset(), range.length());
        } catch (Refusal refusal) {
            version.body().release();
            throw refusal;
        }
        Optional<ChecksumAlgorithm> wanted = upload.plan().checksum();
        return bodies.digest(slice, wanted).onFailure(_ -> slice.release()).compose(received -> {
            var part = bucket.putPart(
                    exchange.key(), uploadId, new NewPart(number, slice, received.md5(), received.checksum()));
            putSourceVersion(exchange, source, version);
            EncryptionHeaders.put(exchange, upload.plan().attributes().encryption());
            var xml = XmlWriter.document("CopyPartResult")
                    .element("ETag", ETags.quoted(part.eTag()))
                    .element("LastModified", HttpDates.document(part.lastModified()));
            part.checksum().ifPresent(kept -> xml.element(kept.algorithm().element(), kept.value()));
            return exchange.xml(xml.end());
        });
    }

    /** UG: Copying objects: one request copies up to 5 GB. */
    private static void checkSize(long bytes) {
        if (bytes > Bodies.UPLOAD_BYTES_MAX) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The specified copy source is larger than the maximum allowable size for a copy source: "
                            + Bodies.UPLOAD_BYTES_MAX);
        }
    }

    private static Range range(Exchange exchange, long size) {
        var header = exchange.header("x-amz-copy-source-range");
        if (header.isEmpty()) {
            return new Range(0, size);
        }
        var spec = RANGE.matcher(header.get());
        if (!spec.matches() || Long.parseLong(spec.group("from")) > Long.parseLong(spec.group("to"))) {
            throw new Refusal(
                            ErrorCode.INVALID_ARGUMENT,
                            "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the"
                                    + " zero-based offsets of the first and last bytes to copy")
                    .with("ArgumentName", "x-amz-copy-source-range")
                    .with("ArgumentValue", header.get());
        }
        var from = Long.parseLong(spec.group("from"));
        var to = Long.parseLong(spec.group("to"));
        if (to >= size) {
            throw new Refusal(
                            ErrorCode.INVALID_ARGUMENT,
                            "Range specified is not valid for source object of size: " + size)
                    .with("ArgumentName", "x-amz-copy-source-range")
                    .with("ArgumentValue", header.get());
        }
        return new Range(from, to - from + 1);
    }

    private static void putSourceVersion(Exchange exchange, CopySource source, StoredVersion version) {
        if (source.bucket().versioning() != Versioning.NEVER) {
            exchange.response().putHeader("x-amz-copy-source-version-id", version.versionId());
        }
    }

    /**
     * The source's metadata and tags unless a directive replaces them; storage class, encryption, redirect, lock and ACL are never the source's (API:
     * CopyObject).
     */
    private static ObjectAttributes attributes(
            Exchange exchange, BucketState bucket, CopySource source, StoredVersion version) {
        var own = WriteHeaders.attributes(exchange, bucket);
        var from = version.attributes();
        var replaceMetadata = replaces(exchange, "x-amz-metadata-directive");
        var replaceTags = replaces(exchange, "x-amz-tagging-directive");
        if (!replaceTags && !from.tags().isEmpty()) {
            exchange.require(
                    source.bucket(),
                    ObjectLookup.ofVersion("s3:GetObjectTagging", source.versionId()),
                    source.key(),
                    Optional.of(version));
        }
        refuseIdle(exchange, bucket, source, replaceMetadata);
        return new ObjectAttributes(
                replaceMetadata ? own.systemHeaders() : kept(own, from),
                replaceMetadata ? own.userMetadata() : from.userMetadata(),
                replaceTags ? own.tags() : from.tags(),
                own.storageClass(),
                own.encryption(),
                own.lock());
    }

    private static Map<String, String> kept(ObjectAttributes own, ObjectAttributes from) {
        var headers = new LinkedHashMap<>(from.systemHeaders());
        headers.remove(REDIRECT);
        var redirect = own.systemHeaders().get(REDIRECT);
        if (redirect != null) {
            headers.put(REDIRECT, redirect);
        }
        return headers;
    }

    private static boolean replaces(Exchange exchange, String directive) {
        var value = exchange.header(directive).orElse("COPY");
        return switch (value) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default ->
                throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Unknown directive.")
                        .with("ArgumentName", directive)
                        .with("ArgumentValue", value);
        };
    }

    /** A current object onto itself must change something (API: CopyObject). */
    private static void refuseIdle(Exchange exchange, BucketState bucket, CopySource source, boolean replaceMetadata) {
        var itself = source.bucket().name().equals(bucket.name())
                && source.key().equals(exchange.key())
                && source.versionId().isEmpty();
        var changes = replaceMetadata
                || exchange.header("x-amz-storage-class").isPresent()
                || exchange.header(REDIRECT).isPresent()
                || exchange.header("x-amz-server-side-encryption").isPresent()
                || exchange.header(CustomerKey.OWN + "algorithm").isPresent();
        if (itself && !changes) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "This copy request is illegal because it is trying to copy an object to itself without changing the object's"
                            + " metadata, storage class, website redirect location or encryption attributes.");
        }
    }
}
