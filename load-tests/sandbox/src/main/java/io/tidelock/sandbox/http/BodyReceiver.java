package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.PayloadDecoder;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/** Takes in one request's body: decodes it, feeds digests and sink, and pauses the wire while the sink is full. Belongs to one event loop. */
final class BodyReceiver {
    private final HttpServerRequest request;
    private final PayloadDecoder payload;
    private final Integrity integrity;
    private final BodySink sink;
    private final long declaredBytes;
    private final Mishaps mishaps;
    private final Promise<Received> promise = Promise.promise();
    private long bytes;

    BodyReceiver(Exchange exchange, Integrity integrity, BodySink sink, long declaredBytes) {
        this.request = exchange.request();
        this.payload = exchange.authentication().payload();
        this.integrity = integrity;
        this.sink = sink;
        this.declaredBytes = declaredBytes;
        this.mishaps = exchange.mishaps();
    }

    Future<Received> receive() {
        request.exceptionHandler(this::fail);
        request.handler(this::wire);
        request.endHandler(_ -> end());
        sink.onDrain(request::resume);
        if (Continue.expected(request)) {
            request.response().writeContinue();
        }
        request.resume();
        return promise.future();
    }

    private void wire(Buffer wire) {
        if (promise.future().isComplete()) {
            return;
        }
        try {
            payload.decode(((BufferInternal) wire).getByteBuf().nioBuffer(), this::body);
        } catch (Refusal refusal) {
            fail(refusal);
        }
    }

    private void body(ByteBuffer arrived) {
        var piece = bytes == 0 && mishaps.corruptsRequest() ? flipped(arrived) : arrived;
        bytes += piece.remaining();
        if (mishaps.readLimit().filter(limit -> bytes > limit).isPresent()) {
            Mishaps.cut(request).onFailure(this::fail);
            return;
        }
        if (bytes > declaredBytes) {
            throw new Refusal(ErrorCode.INCOMPLETE_BODY, "The request has more bytes than it announced");
        }
        integrity.update(piece);
        sink.write(piece).onFailure(this::fail);
        if (sink.full()) {
            request.pause();
        }
    }

    private static ByteBuffer flipped(ByteBuffer piece) {
        var copy = new byte[piece.remaining()];
        piece.duplicate().get(copy);
        copy[0] ^= 1;
        return ByteBuffer.wrap(copy);
    }

    private void end() {
        if (promise.future().isComplete()) {
            return;
        }
        try {
            var trailers = payload.finish();
            if (bytes < declaredBytes) {
                throw new Refusal(ErrorCode.INCOMPLETE_BODY);
            }
            var checked = integrity.finish(trailers);
            sink.finish()
                    .onSuccess(body -> promise.complete(new Received(body, checked.md5(), checked.checksum())))
                    .onFailure(this::fail);
        } catch (Refusal refusal) {
            fail(refusal);
        }
    }

    private void fail(Throwable cause) {
        if (promise.tryFail(cause)) {
            sink.discard();
        }
    }
}
