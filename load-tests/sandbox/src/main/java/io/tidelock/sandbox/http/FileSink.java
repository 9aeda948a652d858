package io.tidelock.sandbox.http;

import io.netty.buffer.Unpooled;
import io.tidelock.sandbox.body.Body;
import io.tidelock.sandbox.body.FileBody;
import io.vertx.core.Future;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a large body to its file. */
final class FileSink implements BodySink {
    private static final int QUEUED_BYTES_MAX = 1 << 20;

    private final AsyncFile file;
    private final Path path;
    private long size;

    FileSink(AsyncFile file, Path path) {
        this.file = file.setWriteQueueMaxSize(QUEUED_BYTES_MAX);
        this.path = path;
    }

    @Override
    public Future<Void> write(ByteBuffer bytes) {
        size += bytes.remaining();
        return file.write(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public boolean full() {
        return file.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable resume) {
        file.drainHandler(_ -> resume.run());
    }

    @Override
    public Future<Body> finish() {
        return file.close().map(_ -> new FileBody(path, size));
    }

    @Override
    public void discard() {
        var body = new FileBody(path, size);
        file.close().onComplete(_ -> body.release());
    }
}
