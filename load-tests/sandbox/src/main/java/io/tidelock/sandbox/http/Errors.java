package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
        LOG.atError()
                .addKeyValue("method", request.method())
                .addKeyValue("uri", request.uri())
                .setCause(failure)
                .log("request failed");
        return answer(request, requestId, new Refusal(ErrorCode.INTERNAL_ERROR));
    }

    private static Future<Void> answer(HttpServerRequest request, String requestId, Refusal refusal) {
        var response = request.response();
        if (response.headWritten()) {
            return request.connection().close();
        }
        response.setStatusCode(refusal.code().status());
        // what was set for the answer that did not come about
        for (var name : response.headers().names()) {
            if (!name.startsWith("x-amz-request-id") && !name.equals("x-amz-id-2") && !name.equals("Date")) {
                response.headers().remove(name);
            }
        }
        refusal.headers().forEach(response::putHeader);
        if (Continue.expected(request) && !request.isEnded()) {
            response.putHeader("Connection", "close");
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            return response.putHeader("Content-Type", "application/xml").end();
        }
        return response.putHeader("Content-Type", "application/xml").end(document(request, requestId, refusal));
    }

    private static String document(HttpServerRequest request, String requestId, Refusal refusal) {
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
