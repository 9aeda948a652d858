package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.regex.Pattern;

/** The second factor of MFA delete: a device and any six digits, since there are no devices here (UG: Configuring MFA delete). */
final class SecondFactor {
    private static final Pattern FACTOR = Pattern.compile("\\S+ [0-9]{6}");

    private SecondFactor() {}

    static void require(Exchange exchange) {
        if (exchange.header("x-amz-mfa")
                .filter(factor -> FACTOR.matcher(factor).matches())
                .isEmpty()) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Mfa Authentication must be used for this request");
        }
    }
}
