package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.Headers;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;

/**
 * All header fields of a request together (UG: Working with object metadata: the PUT request header is limited to 8 KB in size). What the API reference says of the
 * error speaks of any request, so it is held for all.
 */
final class HeaderSection {
    static final int BYTES_MAX = 8 * 1024;

    /** A colon, a space and the end of the line. */
    private static final int BESIDE_NAME_AND_VALUE = 4;

    private HeaderSection() {}

    static void requireFits(Headers headers) {
        var bytes = headers.names().stream()
                .mapToInt(name -> headers.all(name).stream()
                        .mapToInt(value -> name.length() + value.length() + BESIDE_NAME_AND_VALUE)
                        .sum())
                .sum();
        if (bytes > BYTES_MAX) {
            throw new Refusal(ErrorCode.REQUEST_HEADER_SECTION_TOO_LARGE)
                    .with("MaxSizeAllowed", Integer.toString(BYTES_MAX));
        }
    }
}
