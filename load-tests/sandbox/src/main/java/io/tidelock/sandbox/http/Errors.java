package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.SocketException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into S3's error answers (API: Error responses). */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    static Future<Void> answer(HttpServerRequest request, String requestId, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return answer(request, requestId, refusal);
        }
        if (failure instanceof AnswerLost
                || failure instanceof HttpClosedException
                || gone(failure)
                || request.response().closed()) {
            return Future.succeededFuture();
        }
        LOG.atError()
                .addKeyValue("method", request.method())
                .addKeyValue("uri", request.uri())
                .setCause(failure)
                .log("request failed");
        return answer(request, requestId, new Refusal(ErrorCode.INTERNAL_ERROR));
    }

    /** Whether the client cut the connection, which Vert.x may tell before it tells that the response is closed. */
    private static boolean gone(Throwable failure) {
        return failure instanceof SocketException
                || (failure instanceof VertxException && "Connection was closed".equals(failure.getMessage()))
                || (failure instanceof IOException && "Connection reset by peer".equals(failure.getMessage()));
    }

    private static Future<Void> answer(HttpServerRequest request, String requestId, Refusal refusal) {
        var response = request.response();
        if (response.headWritten()) {
            return request.connection().close();
        }
        response.setStatusCode(refusal.status());
        if (refusal.code() == ErrorCode.SLOW_DOWN) {
            // the one code whose status line says it, too (API: Error responses), as a HEAD's answer has no body to say
            // it
            response.setStatusMessage("Slow Down");
        }
        // what was set for the answer that did not come about
        for (var name : response.headers().names()) {
            if (!name.startsWith("x-amz-request-id") && !name.equals("x-amz-id-2") && !name.equals("Date")) {
                response.headers().remove(name);
            }
        }
        refusal.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", "application/xml");
        // a client that was never told to go on may send its body or not, so this connection has no next request
        var last = Continue.expected(request) && !request.isEnded();
        if (last) {
            response.putHeader("Connection", "close");
        }
        var sent = request.method().equals(HttpMethod.HEAD)
                ? response.end()
                : response.end(document(request, requestId, refusal));
        return last ? sent.compose(_ -> request.connection().close()) : sent;
    }

    private static String document(HttpServerRequest request, String requestId, Refusal refusal) {
        if (Routes.ofAccount(String.valueOf(request.path()))) {
            return XmlWriter.plain("ErrorResponse")
                    .open("Error")
                    .element("Code", refusal.code().code())
                    .element("Message", String.valueOf(refusal.getMessage()))
                    .close("Error")
                    .element("RequestId", requestId)
                    .end();
        }
        var xml = XmlWriter.plain("Error")
                .element("Code", refusal.code().code())
                .element("Message", String.valueOf(refusal.getMessage()));
        refusal.details().forEach(xml::element);
        return xml.element("Resource", String.valueOf(request.path()))
                .element("RequestId", requestId)
                .element("HostId", RequestIds.extended(requestId))
                .end();
    }
}
