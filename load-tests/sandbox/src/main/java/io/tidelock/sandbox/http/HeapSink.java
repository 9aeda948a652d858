package io.tidelock.sandbox.http;

import io.tidelock.sandbox.body.Body;
import io.tidelock.sandbox.body.HeapBody;
import io.vertx.core.Future;
import java.nio.ByteBuffer;

/** Collects a small body in one array of its announced length. */
final class HeapSink implements BodySink {
    private final byte[] bytes;
    private int size;

    HeapSink(int declaredBytes) {
        this.bytes = new byte[declaredBytes];
    }

    @Override
    public Future<Void> write(ByteBuffer piece) {
        var length = piece.remaining();
        piece.get(bytes, size, length);
        size += length;
        return Future.succeededFuture();
    }

    @Override
    public boolean full() {
        return false;
    }

    @Override
    public void onDrain(Runnable resume) {
        // never full
    }

    @Override
    public Future<Body> finish() {
        return Future.succeededFuture(new HeapBody(bytes, size));
    }

    @Override
    public void discard() {
        // the garbage collector does
    }

    byte[] bytes() {
        return bytes;
    }
}
