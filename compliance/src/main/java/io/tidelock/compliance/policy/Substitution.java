package io.tidelock.compliance.policy;

import io.tidelock.compliance.policy.RequestContext.Value;
import java.util.Optional;

/**
 * Replaces policy variables by what is known of the request.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">policy variables</a>
 */
public final class Substitution {
    private Substitution() {}

    /** The text with every variable replaced; empty when one is not known, or is written in a way that nobody knows. */
    public static Optional<String> resolve(String text, RequestContext context) {
        var resolved = new StringBuilder();
        int at = 0;
        for (int from = text.indexOf("${"); from >= 0; from = text.indexOf("${", at)) {
            int to = text.indexOf('}', from);
            if (to < 0) {
                return Optional.empty();
            }
            Optional<String> value = variable(text.substring(from + 2, to), context);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            resolved.append(text, at, from).append(value.get());
            at = to + 1;
        }
        return Optional.of(resolved.append(text, at, text.length()).toString());
    }

    private static Optional<String> variable(String expression, RequestContext context) {
        int comma = expression.indexOf(',');
        String key = (comma < 0 ? expression : expression.substring(0, comma)).trim();
        String fallback = comma < 0 ? "" : expression.substring(comma + 1).trim();
        boolean hasFallback = fallback.length() >= 2 && fallback.startsWith("'") && fallback.endsWith("'");
        return switch (context.get(key)) {
            case Value.Present(var values)
            when values.size() == 1 && Fixed.isFixed(values.getFirst()) -> Optional.of(values.getFirst());
            case Value.Absent _ when hasFallback -> Optional.of(fallback.substring(1, fallback.length() - 1));
            case Value.Present _, Value.Absent _, Value.Unclear _ -> Optional.empty();
        };
    }
}
