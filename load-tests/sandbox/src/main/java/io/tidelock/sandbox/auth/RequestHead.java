package io.tidelock.sandbox.auth;

import java.time.Instant;

/**
 * All of a request but its body, as it came.
 *
 * @param method the HTTP method
 * @param rawPath the path as sent, percent-encoded
 * @param rawQuery the query as sent without the question mark, empty for none
 * @param headers the header fields
 * @param region the region whose endpoint was asked
 * @param sourceIp the client's address
 * @param receivedAt when it came
 */
public record RequestHead(
        String method,
        String rawPath,
        String rawQuery,
        Headers headers,
        String region,
        String sourceIp,
        Instant receivedAt) {}
