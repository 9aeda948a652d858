package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import java.time.Instant;
import java.util.Optional;

/** The conditions of a read or of a copy's source (API: GetObject and CopyObject, conditional headers; RFC 9110, section 13.2.2). */
final class Preconditions {
    /** How a condition can fail. */
    enum Outcome {
        HOLDS,
        NOT_MODIFIED,
        FAILED
    }

    private Preconditions() {}

    /** Judges the four headers, whose names begin with {@code prefix}. */
    static Outcome judge(Exchange exchange, String prefix, StoredVersion version) {
        var ifMatch = exchange.header(prefix + "if-match");
        if (ifMatch.isPresent()) {
            if (!ETags.listed(ifMatch.get(), version.eTag())) {
                return Outcome.FAILED;
            }
        } else if (date(exchange, prefix + "if-unmodified-since")
                .filter(since -> version.lastModified().isAfter(since))
                .isPresent()) {
            return Outcome.FAILED;
        }
        var ifNoneMatch = exchange.header(prefix + "if-none-match");
        if (ifNoneMatch.isPresent()) {
            return ETags.listed(ifNoneMatch.get(), version.eTag()) ? Outcome.NOT_MODIFIED : Outcome.HOLDS;
        }
        var unchanged = date(exchange, prefix + "if-modified-since")
                .filter(since -> !version.lastModified().isAfter(since));
        return unchanged.isPresent() ? Outcome.NOT_MODIFIED : Outcome.HOLDS;
    }

    /** Refuses with 412 unless all conditions of a copy's source hold. */
    static void requireSource(Exchange exchange, StoredVersion source) {
        if (judge(exchange, "x-amz-copy-source-", source) != Outcome.HOLDS) {
            throw new Refusal(ErrorCode.PRECONDITION_FAILED);
        }
    }

    private static Optional<Instant> date(Exchange exchange, String header) {
        return exchange.header(header).flatMap(HttpDates::parse);
    }
}
