package io.tidelock.sandbox.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The one spelling of a request that is signed, in S3's flavour: the path is encoded once and never normalised.
 *
 * <p>Source: "Create a signed AWS API request", create a canonical request.
 */
final class CanonicalRequest {
    private CanonicalRequest() {}

    static String of(RequestHead request, List<String> signedHeaders, String payloadHash) {
        var text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(UriEncoding.canonicalPath(request.rawPath())).append('\n');
        text.append(query(request.rawQuery())).append('\n');
        for (var name : signedHeaders) {
            text.append(name).append(':').append(value(request, name)).append('\n');
        }
        text.append('\n');
        text.append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }

    private static String query(String rawQuery) {
        if (rawQuery.isEmpty()) {
            return "";
        }
        var parameters = new ArrayList<Parameter>();
        for (var part : rawQuery.split("&", -1)) {
            int equals = part.indexOf('=');
            var name = UriEncoding.canonicalQueryPart(equals < 0 ? part : part.substring(0, equals));
            if (!name.isEmpty() && !name.equals("X-Amz-Signature")) {
                var value = equals < 0 ? "" : UriEncoding.canonicalQueryPart(part.substring(equals + 1));
                parameters.add(new Parameter(name, value));
            }
        }
        Collections.sort(parameters);
        var text = new StringBuilder();
        for (var parameter : parameters) {
            text.append(text.isEmpty() ? "" : "&");
            text.append(parameter.name).append('=').append(parameter.value);
        }
        return text.toString();
    }

    private static String value(RequestHead request, String name) {
        var values = request.headers().all(name);
        return String.join(",", values.stream().map(CanonicalRequest::trimmed).toList());
    }

    private static String trimmed(String value) {
        return value.strip().replaceAll(" {2,}", " ");
    }

    private record Parameter(String name, String value) implements Comparable<Parameter> {
        @Override
        public int compareTo(Parameter other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }
}
