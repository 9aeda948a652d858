package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.DefaultRetention;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.ObjectLockRule;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Retention;
import io.tidelock.sandbox.model.StoredVersion;
import io.vertx.core.Future;

/** Object lock of buckets and versions (API: Get/PutObjectLockConfiguration, Get/PutObjectRetention, Get/PutObjectLegalHold). */
final class LockOperations {
    private static final int DOCUMENT_BYTES_MAX = 64 * 1024;
    /** API: DefaultRetention. */
    private static final int DAYS_MAX = 36_500;

    private static final int YEARS_MAX = 100;

    private final Bodies bodies;

    LockOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> getConfiguration(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketObjectLockConfiguration");
        var rule = bucket.objectLock()
                .orElseThrow(() -> new Refusal(ErrorCode.OBJECT_LOCK_NOT_FOUND).with("BucketName", bucket.name()));
        var xml = XmlWriter.document("ObjectLockConfiguration").element("ObjectLockEnabled", "Enabled");
        rule.defaultRetention()
                .ifPresent(standard -> xml.open("Rule")
                        .open("DefaultRetention")
                        .element("Mode", standard.mode().name())
                        .element(
                                switch (standard.unit()) {
                                    case DAYS -> "Days";
                                    case YEARS -> "Years";
                                },
                                standard.period())
                        .close("DefaultRetention")
                        .close("Rule"));
        return exchange.xml(xml.end());
    }

    Future<Void> putConfiguration(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketObjectLockConfiguration");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var configuration = XmlElement.parse(document, "ObjectLockConfiguration");
            if (!configuration.required("ObjectLockEnabled").equals("Enabled")) {
                throw new Refusal(ErrorCode.MALFORMED_XML);
            }
            bucket.setObjectLock(new ObjectLockRule(configuration.child("Rule").map(LockOperations::defaultRetention)));
            return exchange.empty(200);
        });
    }

    private static DefaultRetention defaultRetention(XmlElement rule) {
        var standard = rule.child("DefaultRetention").orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML));
        var days = standard.textOf("Days");
        var years = standard.textOf("Years");
        if (days.isPresent() == years.isPresent()) {
            throw new Refusal(ErrorCode.MALFORMED_XML);
        }
        return new DefaultRetention(
                modeIn(standard),
                days.isPresent() ? period(days.get(), DAYS_MAX) : period(years.orElseThrow(), YEARS_MAX),
                days.isPresent() ? DefaultRetention.Unit.DAYS : DefaultRetention.Unit.YEARS);
    }

    private static Retention.Mode modeIn(XmlElement element) {
        return switch (element.required("Mode")) {
            case "GOVERNANCE" -> Retention.Mode.GOVERNANCE;
            case "COMPLIANCE" -> Retention.Mode.COMPLIANCE;
            default -> throw new Refusal(ErrorCode.MALFORMED_XML);
        };
    }

    private static int period(String text, int max) {
        int period;
        try {
            period = Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new Refusal(ErrorCode.MALFORMED_XML);
        }
        if (period < 1) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Default retention period must be a positive integer value.");
        }
        if (period > max) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Default retention period too large");
        }
        return period;
    }

    Future<Void> getRetention(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = locked(exchange, bucket, "s3:GetObjectRetention");
        var retention = version.attributes().lock().retention().orElseThrow(() -> missing(exchange));
        return exchange.xml(XmlWriter.document("Retention")
                .element("Mode", retention.mode().name())
                .element("RetainUntilDate", HttpDates.document(retention.until()))
                .end());
    }

    /** An empty document takes a retention away, where that is allowed at all. */
    Future<Void> putRetention(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = locked(exchange, bucket, "s3:PutObjectRetention");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var wanted = XmlElement.parse(document, "Retention");
            var mode = wanted.child("Mode");
            var until = wanted.textOf("RetainUntilDate");
            if (mode.isPresent() != until.isPresent()) {
                throw new Refusal(ErrorCode.MALFORMED_XML);
            }
            var retention = until.map(text -> new Retention(
                    modeIn(wanted), LockHeaders.until(text, exchange.head().receivedAt())));
            var bypass = LockHeaders.bypasses(exchange, bucket, exchange.key());
            bucket.setRetention(version, retention, bypass, exchange.actor());
            ObjectLookup.putVersionId(exchange, bucket, version);
            return exchange.empty(200);
        });
    }

    Future<Void> getLegalHold(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = locked(exchange, bucket, "s3:GetObjectLegalHold");
        var hold = version.attributes().lock().legalHold().orElseThrow(() -> missing(exchange));
        return exchange.xml(XmlWriter.document("LegalHold")
                .element("Status", hold ? "ON" : "OFF")
                .end());
    }

    Future<Void> putLegalHold(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = locked(exchange, bucket, "s3:PutObjectLegalHold");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var on = switch (XmlElement.parse(document, "LegalHold").required("Status")) {
                case "ON" -> true;
                case "OFF" -> false;
                default -> throw new Refusal(ErrorCode.MALFORMED_XML);
            };
            bucket.setLegalHold(version, on, exchange.actor());
            ObjectLookup.putVersionId(exchange, bucket, version);
            return exchange.empty(200);
        });
    }

    private static StoredVersion locked(Exchange exchange, BucketState bucket, String action) {
        var version = ObjectLookup.toDescribe(exchange, bucket, action);
        LockHeaders.requireEnabled(bucket);
        return version;
    }

    private static Refusal missing(Exchange exchange) {
        return new Refusal(ErrorCode.NO_SUCH_OBJECT_LOCK).with("Key", exchange.key());
    }
}
