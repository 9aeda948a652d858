package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketDocument;
import io.tidelock.sandbox.model.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The documents that a bucket only keeps: checked as S3 checks them, and read back in S3's own form (API: Get, Put and Delete of each). */
final class DocumentOperations {
    private static final int DOCUMENT_BYTES_MAX = 512 * 1024;

    private final Bodies bodies;

    DocumentOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Handler get(BucketDocument kind) {
        return exchange -> {
            var bucket = exchange.bucket();
            exchange.require(bucket, "s3:Get" + permission(kind));
            return exchange.xml(bucket.settings().document(kind).orElseGet(() -> none(kind, bucket.name())));
        };
    }

    /** What is shown where nothing was ever kept. */
    private static String none(BucketDocument kind, String bucket) {
        if (kind.missing().isPresent()) {
            throw new Refusal(kind.missing().get()).with("BucketName", bucket);
        }
        var xml = XmlWriter.document(kind.root());
        if (kind == BucketDocument.REQUEST_PAYMENT) {
            xml.element("Payer", "BucketOwner");
        }
        return xml.end();
    }

    Handler put(BucketDocument kind) {
        return exchange -> {
            var bucket = exchange.bucket();
            exchange.require(bucket, "s3:Put" + permission(kind));
            return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
                var wanted = XmlElement.parse(document, kind.root());
                DocumentShapes.shapeOf(kind).check(wanted);
                DocumentRules.check(exchange, bucket, kind, wanted);
                identify(kind, wanted);
                bucket.settings().setDocument(kind, Optional.of(wanted.document()));
                return exchange.empty(200);
            });
        };
    }

    /** S3 gives an id to each rule that comes without one (API: LifecycleRule, ID; QueueConfiguration, Id). */
    private static void identify(BucketDocument kind, XmlElement document) {
        switch (kind) {
            case LIFECYCLE -> document.children("Rule").forEach(rule -> identify(rule, "ID"));
            case NOTIFICATION ->
                document.children().stream()
                        .filter(child -> !child.name().equals("EventBridgeConfiguration"))
                        .forEach(configuration -> identify(configuration, "Id"));
            case ACCELERATE, CORS, LOGGING, REQUEST_PAYMENT, WEBSITE -> {}
        }
    }

    private static void identify(XmlElement element, String name) {
        if (element.textOf(name).filter(id -> !id.isEmpty()).isEmpty()) {
            var id = UUID.nameUUIDFromBytes(element.document().getBytes(StandardCharsets.UTF_8));
            element.set(name, id.toString());
        }
    }

    Handler delete(BucketDocument kind) {
        return exchange -> {
            var bucket = exchange.bucket();
            var website = kind == BucketDocument.WEBSITE;
            exchange.require(bucket, (website ? "s3:Delete" : "s3:Put") + permission(kind));
            bucket.settings().setDocument(kind, Optional.empty());
            return exchange.empty(204);
        };
    }

    /** What the permission is called, without Get or Put (UG: Policy actions for Amazon S3). */
    private static String permission(BucketDocument kind) {
        return switch (kind) {
            case ACCELERATE -> "AccelerateConfiguration";
            case CORS -> "BucketCORS";
            case LIFECYCLE -> "LifecycleConfiguration";
            case LOGGING -> "BucketLogging";
            case NOTIFICATION -> "BucketNotification";
            case REQUEST_PAYMENT -> "BucketRequestPayment";
            case WEBSITE -> "BucketWebsite";
        };
    }
}
