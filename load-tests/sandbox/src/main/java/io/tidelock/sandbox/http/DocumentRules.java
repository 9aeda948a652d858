package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketDocument;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Set;

/** What S3 demands of a bucket's documents beyond their schema (API: the Put operation of each). */
final class DocumentRules {
    private static final Set<String> CORS_METHODS = Set.of("GET", "PUT", "HEAD", "POST", "DELETE");

    private DocumentRules() {}

    /** Refuses a document that has its schema's shape and still cannot be. */
    static void check(Exchange exchange, BucketState bucket, BucketDocument kind, XmlElement document) {
        switch (kind) {
            case ACCELERATE -> accelerate(bucket, document);
            case CORS -> document.children("CORSRule").forEach(DocumentRules::cors);
            case LIFECYCLE -> LifecycleRules.check(document);
            case LOGGING -> document.child("LoggingEnabled").ifPresent(enabled -> logging(exchange, bucket, enabled));
            case NOTIFICATION -> NotificationRules.check(bucket, document);
            case REQUEST_PAYMENT -> {}
            case WEBSITE -> website(document);
        }
    }

    private static void accelerate(BucketState bucket, XmlElement document) {
        document.required("Status");
        if (bucket.name().contains(".")) {
            throw invalid("S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
        }
    }

    private static void cors(XmlElement rule) {
        for (var method : rule.children("AllowedMethod")) {
            if (!CORS_METHODS.contains(method.text())) {
                throw invalid("Found unsupported HTTP method in CORS config. Unsupported method is " + method.text());
            }
        }
        for (var name : new String[] {"AllowedOrigin", "AllowedHeader"}) {
            for (var pattern : rule.children(name)) {
                if (pattern.text().indexOf('*') != pattern.text().lastIndexOf('*')) {
                    throw invalid(name + " \"" + pattern.text() + "\" can not have more than one wildcard.");
                }
            }
        }
        for (var header : rule.children("ExposeHeader")) {
            if (header.text().contains("*")) {
                throw invalid("ExposeHeader \"" + header.text()
                        + "\" contains wildcard. We currently do not support wildcard" + " for ExposeHeader.");
            }
        }
    }

    /** UG: Enabling Amazon S3 server access logging: the target lies in the same region and account. */
    private static void logging(Exchange exchange, BucketState bucket, XmlElement enabled) {
        var target = exchange.world().bucket(enabled.required("TargetBucket"));
        if (target.isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_TARGET_BUCKET, "The target bucket for logging does not exist");
        }
        if (!target.get().owner().id().equals(bucket.owner().id())) {
            throw new Refusal(
                    ErrorCode.INVALID_TARGET_BUCKET,
                    "The owner for the bucket to be logged and the target bucket must be the same.");
        }
        if (!target.get().region().equals(bucket.region())) {
            throw new Refusal(
                            ErrorCode.INVALID_TARGET_BUCKET,
                            "The target bucket and the source bucket must be in the same region")
                    .with("TargetBucket", target.get().name());
        }
    }

    private static void website(XmlElement document) {
        var redirect = document.child("RedirectAllRequestsTo").isPresent();
        if (redirect && document.children().size() > 1) {
            throw argument(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                    "RedirectAllRequestsTo");
        }
        var suffix = document.child("IndexDocument").map(index -> index.required("Suffix"));
        if (!redirect && suffix.isEmpty()) {
            throw argument(
                    "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                    "IndexDocument");
        }
        if (suffix.filter(text -> text.isEmpty() || text.contains("/")).isPresent()) {
            throw argument("The IndexDocument Suffix is not well formed", "IndexDocument");
        }
    }

    static Refusal invalid(String message) {
        return new Refusal(ErrorCode.INVALID_REQUEST, message);
    }

    static Refusal argument(String message, String name) {
        return new Refusal(ErrorCode.INVALID_ARGUMENT, message).with("ArgumentName", name);
    }
}
