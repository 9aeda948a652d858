package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.ChecksumAlgorithm;
import io.tidelock.sandbox.model.CompletedPart;
import io.tidelock.sandbox.model.Completion;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.NewPart;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.UploadPlan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Uploads in parts from their beginning to their end (UG: Uploading and copying objects using multipart upload). */
final class MultipartOperations {
    private static final int DOCUMENT_BYTES_MAX = 4 << 20;
    private static final int PARTS_MAX = 10_000;

    private final Bodies bodies;

    MultipartOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> create(Exchange exchange) {
        var bucket = exchange.bucket();
        var acl = WriteHeaders.acl(exchange, bucket);
        ObjectWrites.authorize(exchange, bucket, acl);
        var algorithm = ChecksumHeaders.named(exchange, "x-amz-checksum-algorithm");
        var composite = algorithm.filter(named -> composite(exchange, named)).isPresent();
        var plan = new UploadPlan(WriteHeaders.attributes(exchange, bucket), acl, algorithm, composite);
        var upload = bucket.beginUpload(exchange.key(), plan, exchange.actor());
        EncryptionHeaders.put(exchange, plan.attributes().encryption());
        algorithm.ifPresent(named -> exchange.response()
                .putHeader("x-amz-checksum-algorithm", named.name())
                .putHeader("x-amz-checksum-type", composite ? "COMPOSITE" : "FULL_OBJECT"));
        return exchange.xml(XmlWriter.document("InitiateMultipartUploadResult")
                .element("Bucket", bucket.name())
                .element("Key", exchange.key())
                .element("UploadId", upload.id())
                .end());
    }

    /** Which kinds go together: SHA is composite only, CRC64NVME of the full object only (UG: Checking object integrity). */
    private static boolean composite(Exchange exchange, ChecksumAlgorithm algorithm) {
        var type = exchange.header("x-amz-checksum-type");
        var composite = type.map("COMPOSITE"::equals).orElse(algorithm != ChecksumAlgorithm.CRC64NVME);
        var known = type.isEmpty() || composite || type.get().equals("FULL_OBJECT");
        if (!known || (composite ? algorithm == ChecksumAlgorithm.CRC64NVME : !algorithm.linear())) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The " + type.orElse("") + " checksum type cannot be used with the " + algorithm.name()
                            + " checksum algorithm.");
        }
        return composite;
    }

    Future<Void> uploadPart(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutObject", exchange.key(), Optional.empty());
        var number = PartNumbers.parse(exchange.query("partNumber").orElse(""));
        var uploadId = exchange.query("uploadId").orElseThrow();
        var plan = bucket.upload(exchange.key(), uploadId).plan();
        CustomerKey.requireForPart(exchange, plan.attributes().encryption());
        EncryptionHeaders.checkReadable(exchange, plan.attributes().encryption());
        requireDigests(exchange, bucket, plan);
        return bodies.receive(exchange, plan.checksum()).compose(received -> {
            var part = bucket.putPart(
                    exchange.key(),
                    uploadId,
                    new NewPart(number, received.body(), received.md5(), received.checksum()));
            EncryptionHeaders.put(exchange, plan.attributes().encryption());
            part.checksum()
                    .ifPresent(kept ->
                            exchange.response().putHeader(kept.algorithm().header(), kept.value()));
            exchange.response().putHeader("ETag", ETags.quoted(part.eTag()));
            return exchange.empty(200);
        });
    }

    /** What a part must come with: a digest where the version will be retained, and what a composite checksum is made of. */
    private static void requireDigests(Exchange exchange, BucketState bucket, UploadPlan plan) {
        LockHeaders.requireDigest(
                exchange, LockHeaders.locks(bucket, plan.attributes().lock()), "Put Part");
        if (plan.composite()
                && ChecksumHeaders.announced(exchange).isEmpty()
                && ChecksumHeaders.inTrailer(exchange).isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Checksum Type mismatch occurred, expected checksum Type: "
                            + plan.checksum().orElseThrow().name().toLowerCase(Locale.ROOT)
                            + ", actual checksum Type: null");
        }
    }

    Future<Void> complete(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutObject", exchange.key(), Optional.empty());
        var uploadId = exchange.query("uploadId").orElseThrow();
        var plan = bucket.upload(exchange.key(), uploadId).plan();
        EncryptionHeaders.checkReadable(exchange, plan.attributes().encryption());
        requireType(exchange, plan);
        var condition = WriteHeaders.condition(exchange);
        var objectBytes = exchange.header("x-amz-mp-object-size").map(MultipartOperations::bytes);
        return bodies.documentAboutObject(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var completion = new Completion(
                    exchange.key(), uploadId, parts(document), wholeChecksum(exchange), objectBytes, condition);
            var written = bucket.completeUpload(completion, exchange.actor());
            ObjectLookup.putVersionId(exchange, bucket, written);
            EncryptionHeaders.put(exchange, written.attributes().encryption());
            var xml = XmlWriter.document("CompleteMultipartUploadResult")
                    .element(
                            "Location",
                            "http://" + exchange.request().authority() + "/" + bucket.name() + "/"
                                    + Percent.encode(exchange.key()))
                    .element("Bucket", bucket.name())
                    .element("Key", exchange.key())
                    .element("ETag", ETags.quoted(written.eTag()));
            ChecksumHeaders.write(xml, written.checksum());
            return exchange.xml(xml.end());
        });
    }

    /** The kind of checksum was settled at the beginning (API: CompleteMultipartUpload, x-amz-checksum-type). */
    private static void requireType(Exchange exchange, UploadPlan plan) {
        var type = plan.composite() ? "COMPOSITE" : "FULL_OBJECT";
        if (plan.checksum().isPresent()
                && exchange.header("x-amz-checksum-type")
                        .filter(named -> !named.equals(type))
                        .isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The upload was created using the " + type
                            + " checksum mode. The complete request must use the same checksum mode.");
        }
    }

    private static Optional<Checksum> wholeChecksum(Exchange exchange) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = exchange.header(algorithm.header());
            if (value.isPresent()) {
                return Optional.of(
                        new Checksum(algorithm, value.get(), value.get().contains("-")));
            }
        }
        return Optional.empty();
    }

    private static Long bytes(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "Value for x-amz-mp-object-size header is invalid");
        }
    }

    private static List<CompletedPart> parts(byte[] document) {
        var named = XmlElement.parse(document, "CompleteMultipartUpload").children("Part");
        if (named.isEmpty() || named.size() > PARTS_MAX) {
            throw new Refusal(ErrorCode.MALFORMED_XML);
        }
        var parts = new ArrayList<CompletedPart>(named.size());
        for (var part : named) {
            parts.add(new CompletedPart(
                    PartNumbers.parse(part.required("PartNumber")), ETags.bare(part.required("ETag")), checksum(part)));
        }
        return parts;
    }

    private static Optional<Checksum> checksum(XmlElement part) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = part.textOf(algorithm.element());
            if (value.isPresent()) {
                return Optional.of(new Checksum(algorithm, value.get(), false));
            }
        }
        return Optional.empty();
    }

    Future<Void> abort(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:AbortMultipartUpload", exchange.key(), Optional.empty());
        bucket.abortUpload(exchange.key(), exchange.query("uploadId").orElseThrow());
        return exchange.empty(204);
    }
}
