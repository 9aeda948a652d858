package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;

/** Part numbers, from 1 to 10,000 (UG: Multipart upload limits). */
final class PartNumbers {
    private static final int LAST = 10_000;

    private PartNumbers() {}

    static int parse(String text) {
        try {
            var number = Integer.parseInt(text);
            if (number >= 1 && number <= LAST) {
                return number;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Part number must be an integer between 1 and 10000, inclusive")
                .with("ArgumentName", "partNumber")
                .with("ArgumentValue", text);
    }
}
