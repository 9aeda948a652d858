package io.tidelock.deploy.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Lets requests in that show the token or the password of the configuration; lets all in where it names none. */
final class Authentication {
    private static final int UNAUTHORIZED = 401;

    private final List<byte[]> accepted = new ArrayList<>();
    private final String challenge;

    Authentication(HttpConfig config) {
        config.bearerToken().ifPresent(token -> accepted.add(bytes("Bearer " + token)));
        config.basic()
                .ifPresent(basic -> accepted.add(bytes(
                        "Basic " + Base64.getEncoder().encodeToString(bytes(basic.user() + ":" + basic.password())))));
        challenge = config.basic().isPresent() ? "Basic realm=\"tidelock\", charset=\"UTF-8\"" : "Bearer";
    }

    boolean admits(HttpServerRequest request) {
        if (accepted.isEmpty()) {
            return true;
        }
        var shown = request.getHeader("authorization");
        // every comparison is made, each in constant time
        return shown != null
                && accepted.stream()
                                .filter(value -> MessageDigest.isEqual(value, bytes(shown)))
                                .count()
                        > 0;
    }

    /** Goes on with what is let in, and answers 401 to the rest. */
    void handle(RoutingContext context) {
        if (admits(context.request())) {
            context.next();
            return;
        }
        var _ = context.response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader("www-authenticate", challenge)
                .end();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
