package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Retention;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.VersionLock;
import java.time.Instant;
import java.util.Optional;

/** Reads and writes the headers about object lock (UG: Locking objects with Object Lock; API: PutObject). */
final class LockHeaders {
    static final String MODE = "x-amz-object-lock-mode";
    static final String UNTIL = "x-amz-object-lock-retain-until-date";
    static final String HOLD = "x-amz-object-lock-legal-hold";

    private LockHeaders() {}

    /** What a write asks for, which only a bucket with object lock takes. */
    static VersionLock wanted(Exchange exchange, BucketState bucket) {
        var mode = exchange.header(MODE);
        var until = exchange.header(UNTIL);
        var hold = exchange.header(HOLD);
        if (mode.isEmpty() && until.isEmpty() && hold.isEmpty()) {
            return VersionLock.NONE;
        }
        requireEnabled(bucket);
        if (mode.isPresent() != until.isPresent()) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, UNTIL + " and " + MODE + " must both be supplied")
                    .with("ArgumentName", mode.isPresent() ? UNTIL : MODE);
        }
        return new VersionLock(
                mode.map(name -> new Retention(
                        mode(name), until(until.orElseThrow(), exchange.head().receivedAt()))),
                hold.map(LockHeaders::hold));
    }

    static void requireEnabled(BucketState bucket) {
        if (bucket.objectLock().isEmpty()) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "Bucket is missing Object Lock Configuration");
        }
    }

    static Retention.Mode mode(String name) {
        for (var mode : Retention.Mode.values()) {
            if (mode.name().equals(name)) {
                return mode;
            }
        }
        throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Unknown wormMode directive.")
                .with("ArgumentName", MODE)
                .with("ArgumentValue", name);
    }

    /** A moment that is still to come. */
    static Instant until(String text, Instant now) {
        var until = HttpDates.parse(text)
                .orElseThrow(() -> new Refusal(
                                ErrorCode.INVALID_ARGUMENT, "The retain until date must be provided in ISO 8601 format")
                        .with("ArgumentName", UNTIL)
                        .with("ArgumentValue", text));
        if (!until.isAfter(now)) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The retain until date must be in the future!")
                    .with("ArgumentName", UNTIL)
                    .with("ArgumentValue", text);
        }
        return until;
    }

    private static boolean hold(String text) {
        return switch (text) {
            case "ON" -> true;
            case "OFF" -> false;
            default ->
                throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Legal Hold must be either of 'ON' or 'OFF'")
                        .with("ArgumentName", HOLD)
                        .with("ArgumentValue", text);
        };
    }

    /** A version that will be locked must come with a digest (UG: Object Lock considerations; API: PutObject, Content-MD5). */
    static void requireDigest(Exchange exchange, boolean locked, String what) {
        if (locked
                && exchange.header("content-md5").isEmpty()
                && ChecksumHeaders.announced(exchange).isEmpty()
                && ChecksumHeaders.inTrailer(exchange).isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Content-MD5 OR x-amz-checksum- HTTP header is required for " + what
                            + " requests with Object Lock parameters");
        }
    }

    /** Whether a write will be locked, by what it asks for or by the bucket's default. */
    static boolean locks(BucketState bucket, VersionLock wanted) {
        return !wanted.equals(VersionLock.NONE)
                || bucket.objectLock().flatMap(rule -> rule.defaultRetention()).isPresent();
    }

    /** Whether the caller asks to pass over GOVERNANCE and may (UG: Managing Object Lock, bypassing governance mode). */
    static boolean bypasses(Exchange exchange, BucketState bucket, String key) {
        return exchange.header("x-amz-bypass-governance-retention")
                        .filter("true"::equalsIgnoreCase)
                        .isPresent()
                && exchange.allows(bucket, "s3:BypassGovernanceRetention", Optional.of(key), Optional.empty());
    }

    /** Tells who may know it what keeps a version (UG: Managing Object Lock, viewing the lock information). */
    static void put(Exchange exchange, BucketState bucket, StoredVersion version) {
        var lock = version.attributes().lock();
        var response = exchange.response();
        if (lock.retention().isPresent() && allows(exchange, bucket, version, "s3:GetObjectRetention")) {
            response.putHeader(MODE, lock.retention().get().mode().name())
                    .putHeader(UNTIL, HttpDates.document(lock.retention().get().until()));
        }
        if (lock.legalHold().isPresent() && allows(exchange, bucket, version, "s3:GetObjectLegalHold")) {
            response.putHeader(HOLD, lock.legalHold().get() ? "ON" : "OFF");
        }
    }

    private static boolean allows(Exchange exchange, BucketState bucket, StoredVersion version, String action) {
        return exchange.allows(bucket, action, Optional.of(version.key()), Optional.of(version));
    }
}
