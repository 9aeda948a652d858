package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.Shape.flag;
import static io.tidelock.sandbox.http.Shape.many;
import static io.tidelock.sandbox.http.Shape.number;
import static io.tidelock.sandbox.http.Shape.one;
import static io.tidelock.sandbox.http.Shape.oneOf;
import static io.tidelock.sandbox.http.Shape.optional;
import static io.tidelock.sandbox.http.Shape.text;

import io.tidelock.sandbox.model.BucketDocument;

/** The schemas of the documents that a bucket keeps (API: the types of the same names). */
final class DocumentShapes {
    private static final int ANY = Integer.MAX_VALUE;

    private static final Shape ACCELERATE = Shape.of(optional("Status", oneOf("Enabled", "Suspended")));

    private static final Shape CORS = Shape.of(many(
            "CORSRule",
            1,
            100,
            Shape.of(
                    optional("ID", text()),
                    many("AllowedHeader", 0, ANY, text()),
                    many("AllowedMethod", 1, ANY, text()),
                    many("AllowedOrigin", 1, ANY, text()),
                    many("ExposeHeader", 0, ANY, text()),
                    optional("MaxAgeSeconds", number()))));

    private static final Shape TAG = Shape.of(one("Key", text()), one("Value", text()));

    private static final Shape LIFECYCLE = Shape.of(many(
            "Rule",
            1,
            1000,
            Shape.of(
                    optional("ID", text()),
                    one("Status", oneOf("Enabled", "Disabled")),
                    optional("Prefix", text()),
                    optional("Filter", lifecycleFilter()),
                    optional(
                            "Expiration",
                            Shape.of(
                                    optional("Days", number()),
                                    optional("Date", text()),
                                    optional("ExpiredObjectDeleteMarker", flag()))),
                    many("Transition", 0, ANY, transition("Days", optional("Date", text()))),
                    optional(
                            "NoncurrentVersionExpiration",
                            Shape.of(
                                    optional("NoncurrentDays", number()),
                                    optional("NewerNoncurrentVersions", number()))),
                    many(
                            "NoncurrentVersionTransition",
                            0,
                            ANY,
                            transition("NoncurrentDays", optional("NewerNoncurrentVersions", number()))),
                    optional("AbortIncompleteMultipartUpload", Shape.of(one("DaysAfterInitiation", number()))))));

    private static final Shape LOGGING = Shape.of(optional(
            "LoggingEnabled",
            Shape.of(
                    one("TargetBucket", text()),
                    one("TargetPrefix", text()),
                    optional(
                            "TargetGrants",
                            Shape.of(many(
                                    "Grant",
                                    0,
                                    ANY,
                                    Shape.of(
                                            one(
                                                    "Grantee",
                                                    Shape.of(
                                                            optional("ID", text()),
                                                            optional("URI", text()),
                                                            optional("DisplayName", text()))),
                                            one("Permission", oneOf("FULL_CONTROL", "READ", "WRITE")))))),
                    optional(
                            "TargetObjectKeyFormat",
                            Shape.of(
                                    optional("SimplePrefix", Shape.of()),
                                    optional(
                                            "PartitionedPrefix",
                                            Shape.of(optional(
                                                    "PartitionDateSource", oneOf("EventTime", "DeliveryTime")))))))));

    private static final Shape NOTIFICATION = Shape.of(
            many("TopicConfiguration", 0, ANY, told("Topic")),
            many("QueueConfiguration", 0, ANY, told("Queue")),
            many("CloudFunctionConfiguration", 0, ANY, told("CloudFunction")),
            optional("EventBridgeConfiguration", Shape.of()));

    private static final Shape REQUEST_PAYMENT = Shape.of(one("Payer", oneOf("BucketOwner", "Requester")));

    private static final Shape WEBSITE = Shape.of(
            optional(
                    "RedirectAllRequestsTo",
                    Shape.of(one("HostName", text()), optional("Protocol", oneOf("http", "https")))),
            optional("IndexDocument", Shape.of(one("Suffix", text()))),
            optional("ErrorDocument", Shape.of(one("Key", text()))),
            optional(
                    "RoutingRules",
                    Shape.of(many(
                            "RoutingRule",
                            1,
                            50,
                            Shape.of(
                                    optional(
                                            "Condition",
                                            Shape.of(
                                                    optional("KeyPrefixEquals", text()),
                                                    optional("HttpErrorCodeReturnedEquals", number()))),
                                    one(
                                            "Redirect",
                                            Shape.of(
                                                    optional("Protocol", oneOf("http", "https")),
                                                    optional("HostName", text()),
                                                    optional("ReplaceKeyPrefixWith", text()),
                                                    optional("ReplaceKeyWith", text()),
                                                    optional("HttpRedirectCode", number()))))))));

    /** API: PublicAccessBlockConfiguration. */
    static final Shape PUBLIC_ACCESS_BLOCK = Shape.of(
            optional("BlockPublicAcls", flag()),
            optional("IgnorePublicAcls", flag()),
            optional("BlockPublicPolicy", flag()),
            optional("RestrictPublicBuckets", flag()));

    private DocumentShapes() {}

    static Shape shapeOf(BucketDocument kind) {
        return switch (kind) {
            case ACCELERATE -> ACCELERATE;
            case CORS -> CORS;
            case LIFECYCLE -> LIFECYCLE;
            case LOGGING -> LOGGING;
            case NOTIFICATION -> NOTIFICATION;
            case REQUEST_PAYMENT -> REQUEST_PAYMENT;
            case WEBSITE -> WEBSITE;
        };
    }

    private static Shape lifecycleFilter() {
        return Shape.of(
                optional("Prefix", text()),
                optional("Tag", TAG),
                optional("ObjectSizeGreaterThan", number()),
                optional("ObjectSizeLessThan", number()),
                optional(
                        "And",
                        Shape.of(
                                optional("Prefix", text()),
                                many("Tag", 0, ANY, TAG),
                                optional("ObjectSizeGreaterThan", number()),
                                optional("ObjectSizeLessThan", number()))));
    }

    private static Shape transition(String days, Shape.Member other) {
        return Shape.of(
                optional(days, number()),
                other,
                one(
                        "StorageClass",
                        oneOf(
                                "GLACIER",
                                "STANDARD_IA",
                                "ONEZONE_IA",
                                "INTELLIGENT_TIERING",
                                "DEEP_ARCHIVE",
                                "GLACIER_IR")));
    }

    private static Shape told(String destination) {
        return Shape.of(
                optional("Id", text()),
                one(destination, text()),
                many("Event", 1, ANY, text()),
                optional(
                        "Filter",
                        Shape.of(optional(
                                "S3Key",
                                Shape.of(many(
                                        "FilterRule", 0, 2, Shape.of(one("Name", text()), one("Value", text()))))))));
    }
}
