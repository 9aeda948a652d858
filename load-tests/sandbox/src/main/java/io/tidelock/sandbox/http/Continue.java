package io.tidelock.sandbox.http;

import io.vertx.core.http.HttpServerRequest;

/** UG: PUT object, 100-continue: the client waits with the body until it is asked for it. */
final class Continue {
    private Continue() {}

    static boolean expected(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }
}
