package io.tidelock.sandbox.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Dates as headers and documents spell them. */
final class HttpDates {
    private static final DateTimeFormatter HEADER = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DOCUMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HttpDates() {}

    static String header(Instant at) {
        return HEADER.format(at);
    }

    static String document(Instant at) {
        return DOCUMENT.format(at);
    }

    /** A date of a conditional header; one that cannot be read is ignored (RFC 9110, section 13.1.3). */
    static Optional<Instant> parse(String text) {
        for (var format :
                new DateTimeFormatter[] {DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_DATE_TIME}) {
            try {
                return Optional.of(format.parse(text, Instant::from));
            } catch (DateTimeParseException _) {
                // try the next
            }
        }
        return Optional.empty();
    }
}
