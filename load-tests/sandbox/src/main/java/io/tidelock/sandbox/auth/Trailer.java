package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The headers that come after an aws-chunked body; not thread-safe.
 *
 * <p>Source: "Signature Calculations for the Authorization Header: Including Trailing Headers". Only what
 * {@code x-amz-trailer} announced may come, all of it, once each.
 */
final class Trailer {
    private static final String SIGNATURE = "x-amz-trailer-signature";

    private final Set<String> announced;
    private final TreeMap<String, String> headers = new TreeMap<>();
    private @Nullable String signature;

    /** @param announcement the value of {@code x-amz-trailer}: names, separated by commas */
    Trailer(@Nullable String announcement) {
        announced = new TreeSet<>();
        for (var name : announcement == null ? new String[0] : announcement.split(",", -1)) {
            announced.add(name.strip().toLowerCase(Locale.ROOT));
        }
        announced.remove("");
    }

    void line(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || signature != null) {
            throw malformed();
        }
        var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        var value = line.substring(colon + 1).strip();
        if (name.equals(SIGNATURE)) {
            signature = value;
        } else if (!announced.contains(name) || headers.put(name, value) != null) {
            throw malformed();
        }
    }

    /** Checks what came against what was announced and, where there is a chain, against its signature. */
    SortedMap<String, String> complete(@Nullable SignatureChain chain) {
        if (!headers.keySet().equals(announced)) {
            throw malformed();
        }
        var given = signature;
        if (chain == null) {
            if (given != null) {
                throw malformed();
            }
        } else if (given == null) {
            throw malformed();
        } else {
            var canonical = new StringBuilder();
            headers.forEach((name, value) ->
                    canonical.append(name).append(':').append(value).append('\n'));
            chain.trailer(canonical.toString(), given);
        }
        return Collections.unmodifiableSortedMap(headers);
    }

    static Refusal malformed() {
        return new Refusal(ErrorCode.MALFORMED_TRAILER);
    }
}
