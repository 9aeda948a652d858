package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of bytes that lies within an object.
 *
 * @param offset where it starts
 * @param length how long it is, at least 1
 */
record Range(long offset, long length) {
    private static final Pattern SPEC = Pattern.compile("bytes=(?<from>[0-9]{0,18})-(?<to>[0-9]{0,18})");

    /**
     * The one range that a {@code Range} header names; what is no single range is ignored, as S3 serves one range at a time (API: GetObject,
     * Range).
     *
     * @throws Refusal when it lies outside
     */
    static Optional<Range> parse(String header, long size) {
        var spec = SPEC.matcher(header.strip());
        if (!spec.matches()) {
            return Optional.empty();
        }
        var from = spec.group("from");
        var to = spec.group("to");
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        var start = from.isEmpty() ? Math.max(0, size - Long.parseLong(to)) : Long.parseLong(from);
        var end = from.isEmpty() || to.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(to));
        if (!from.isEmpty() && !to.isEmpty() && Long.parseLong(to) < Long.parseLong(from)) {
            return Optional.empty();
        }
        if (start >= size || start > end) {
            throw new Refusal(ErrorCode.INVALID_RANGE)
                    .with("RangeRequested", header)
                    .with("ActualObjectSize", Long.toString(size));
        }
        return Optional.of(new Range(start, end - start + 1));
    }

    String contentRange(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
}
