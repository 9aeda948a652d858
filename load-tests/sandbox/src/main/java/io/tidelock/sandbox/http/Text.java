package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;

/**
 * How a listing spells keys: as they are, or encoded, since XML 1.0 cannot hold all characters (API: ListObjectsV2, encoding-type).
 *
 * @param encoded whether they are percent-encoded
 */
record Text(boolean encoded) {
    static Text of(Exchange exchange) {
        var type = exchange.query("encoding-type");
        if (type.filter(name -> !name.equals("url")).isPresent()) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Invalid Encoding Method specified in Request")
                    .with("ArgumentName", "encoding-type")
                    .with("ArgumentValue", type.get());
        }
        return new Text(type.isPresent());
    }

    String spell(String text) {
        return encoded ? Percent.encode(text) : text;
    }
}
