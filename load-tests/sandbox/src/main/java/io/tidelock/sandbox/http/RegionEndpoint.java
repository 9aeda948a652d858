package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.RequestHead;
import io.tidelock.sandbox.fault.Faults;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;

/** Serves the requests to one region: believes, routes, answers. Runs on event loops, many at once. */
final class RegionEndpoint {
    private static final int FORM_BYTES_MAX = 64 * 1024;

    private final RegionServices services;
    private final S3Settings settings;
    private final RequestCounts counts;
    private final Faults faults;
    private final Handlers handlers;
    private final RequestIds requestIds;

    RegionEndpoint(RegionServices services, S3Settings settings, RequestCounts counts, Faults faults, Bodies bodies) {
        this.services = services;
        this.settings = settings;
        this.counts = counts;
        this.faults = faults;
        this.handlers = new Handlers(bodies);
        this.requestIds =
                new RequestIds(services.world().seed() + settings.region().hashCode());
    }

    void handle(HttpServerRequest request) {
        var requestId = requestIds.next();
        var now = services.world().now();
        request.pause();
        request.response()
                .putHeader("x-amz-request-id", requestId)
                .putHeader("x-amz-id-2", RequestIds.extended(requestId))
                .putHeader("Date", HttpDates.header(now))
                .exceptionHandler(_ -> {
                    // the client went away; the operation's own future tells
                });
        Future<Void> answered;
        try {
            answered = serve(request, requestId, head(request, now));
        } catch (RuntimeException failure) {
            answered = Future.failedFuture(failure);
        }
        answered.recover(failure -> Errors.answer(request, requestId, failure)).onComplete(_ -> drain(request));
    }

    /** What is left of a body that nobody wanted is read and dropped, so that the connection can go on. */
    private static void drain(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(null);
            request.endHandler(null);
            request.exceptionHandler(null);
            request.resume();
        }
    }

    private RequestHead head(HttpServerRequest request, Instant now) {
        var uri = request.uri();
        var question = uri.indexOf('?');
        var remote = request.remoteAddress();
        return new RequestHead(
                request.method().name(),
                question < 0 ? uri : uri.substring(0, question),
                question < 0 ? "" : uri.substring(question + 1),
                new RequestHeaders(request.headers()),
                settings.region(),
                remote == null ? "" : remote.hostAddress(),
                now);
    }

    private Future<Void> serve(HttpServerRequest request, String requestId, RequestHead head) {
        var host = head.headers().first("host").orElse("");
        var target = Target.parse(host, head.rawPath(), head.rawQuery());
        if (target.bucket().isEmpty() && head.method().equals("POST")) {
            return form(request, head);
        }
        var copySource = head.headers().first("x-amz-copy-source").isPresent();
        var ofAccount = Routes.ofAccount(head.rawPath());
        var operation =
                ofAccount ? Routes.findOfAccount(head.method()) : Routes.find(head.method(), target, copySource);
        counts.count(operation.map(Operation::name).orElse("NotImplemented"));
        var asked = operation.orElseThrow(() -> new Refusal(ErrorCode.NOT_IMPLEMENTED));
        HeaderSection.requireFits(head.headers());
        var mishaps = Mishaps.of(faults.strike(ofAccount ? "" : target.bucket(), target.key(), asked.name()));
        return mishaps.before(services.vertx(), request, () -> {
            var authentication = settings.authenticator().authenticate(head);
            return handlers.of(asked)
                    .handle(new Exchange(services, request, head, target, authentication, requestId, asked, mishaps));
        });
    }

    private Future<Void> form(HttpServerRequest request, RequestHead head) {
        counts.count("Form");
        var length = head.headers().first("content-length").orElse("");
        if (!length.matches("[0-9]{1,5}") || Integer.parseInt(length) > FORM_BYTES_MAX) {
            throw new Refusal(ErrorCode.MISSING_CONTENT_LENGTH);
        }
        var body = request.body();
        request.resume();
        return body.compose(bytes -> answer(request, head, bytes));
    }

    private Future<Void> answer(HttpServerRequest request, RequestHead head, Buffer form) {
        var answer = settings.queryService().answer(head, form.getBytes());
        return answer.isEmpty()
                ? Future.failedFuture(new Refusal(ErrorCode.METHOD_NOT_ALLOWED))
                : request.response()
                        .setStatusCode(answer.get().status())
                        .putHeader("Content-Type", answer.get().contentType())
                        .end(answer.get().body());
    }
}
