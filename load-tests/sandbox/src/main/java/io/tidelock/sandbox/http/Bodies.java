package io.tidelock.sandbox.http;

import io.netty.buffer.Unpooled;
import io.tidelock.sandbox.body.Body;
import io.tidelock.sandbox.body.BodyDirectory;
import io.tidelock.sandbox.body.FlippedByte;
import io.tidelock.sandbox.body.Segment;
import io.tidelock.sandbox.model.Checksum;
import io.tidelock.sandbox.model.ChecksumAlgorithm;
import io.tidelock.sandbox.model.Checksums;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Moves bytes between the wire and where they lie, with backpressure. */
final class Bodies {
    /** API: PutObject, the largest object in one upload; of a part as well. */
    static final long UPLOAD_BYTES_MAX = 5L << 30;

    private static final int READ_BYTES = 256 * 1024;
    private static final long HEAP_BYTES_MAX = 64 * 1024;

    private final Vertx vertx;
    private final BodyDirectory directory;

    Bodies(Vertx vertx, BodyDirectory directory) {
        this.vertx = vertx;
        this.directory = directory;
    }

    /** Takes in an object's or a part's bytes, checks every digest that came with them and computes the wanted checksum. */
    Future<Received> receive(Exchange exchange, Optional<ChecksumAlgorithm> wanted) {
        var bytes = exchange.authentication()
                .payload()
                .declaredBytes()
                .orElseThrow(() -> new Refusal(ErrorCode.MISSING_CONTENT_LENGTH));
        if (bytes > UPLOAD_BYTES_MAX) {
            throw new Refusal(ErrorCode.ENTITY_TOO_LARGE)
                    .with("ProposedSize", Long.toString(bytes))
                    .with("MaxSizeAllowed", Long.toString(UPLOAD_BYTES_MAX));
        }
        var integrity = Integrity.of(exchange, wanted);
        if (bytes <= HEAP_BYTES_MAX) {
            return new BodyReceiver(exchange, integrity, new HeapSink((int) bytes), bytes).receive();
        }
        var path = directory.next();
        return vertx.fileSystem()
                .open(path.toString(), new OpenOptions().setRead(false).setCreateNew(true))
                .compose(file -> new BodyReceiver(exchange, integrity, new FileSink(file, path), bytes).receive());
    }

    /** Takes in a document of at most {@code bytesMax}. */
    Future<byte[]> document(Exchange exchange, int bytesMax) {
        return document(exchange, bytesMax, Integrity.of(exchange, Optional.empty()));
    }

    /** The same for a request whose checksum headers speak of an object (API: CompleteMultipartUpload). */
    Future<byte[]> documentAboutObject(Exchange exchange, int bytesMax) {
        return document(exchange, bytesMax, Integrity.md5Of(exchange));
    }

    private static Future<byte[]> document(Exchange exchange, int bytesMax, Integrity integrity) {
        var declared = exchange.authentication().payload().declaredBytes().orElse(0);
        if (declared > bytesMax) {
            throw new Refusal(ErrorCode.MALFORMED_XML, "The document is larger than " + bytesMax + " bytes");
        }
        var sink = new HeapSink((int) declared);
        return new BodyReceiver(exchange, integrity, sink, declared).receive().map(received -> sink.bytes());
    }

    /** Sends a range of a body, which stays held until it is sent; what goes wrong with the answer goes wrong here. */
    Future<Void> send(Exchange exchange, Body body, long offset, long length) {
        var response = exchange.response();
        var mishaps = exchange.mishaps();
        var limit = mishaps.answerLimit().filter(bytes -> bytes < length);
        var sound = mishaps.corruptsAnswer() ? flipped(body, offset + length / 2) : Future.succeededFuture(body);
        return limit.isPresent()
                ? sound.compose(found -> write(response, found.segments(offset, limit.get())))
                        .compose(_ -> Mishaps.end(exchange.request()))
                : sound.compose(found -> send(response, found, offset, length));
    }

    private Future<Body> flipped(Body body, long offset) {
        return vertx.executeBlocking(() -> FlippedByte.in(body, offset), false).map(Objects::requireNonNull);
    }

    private Future<Void> send(HttpServerResponse response, Body body, long offset, long length) {
        var segments = body.segments(offset, length);
        if (segments.size() == 1) {
            return switch (segments.getFirst()) {
                case Segment.Heap(var bytes) -> response.end(wrap(bytes));
                case Segment.InFile(var file, var start, var size) -> response.sendFile(file.toString(), start, size);
            };
        }
        return write(response, segments).compose(_ -> response.end());
    }

    private Future<Void> write(HttpServerResponse response, List<Segment> segments) {
        var sent = Future.<Void>succeededFuture();
        for (var segment : segments) {
            sent = sent.compose(_ -> write(response, segment));
        }
        return sent;
    }

    private Future<Void> write(HttpServerResponse response, Segment segment) {
        return switch (segment) {
            case Segment.Heap(var bytes) -> response.write(wrap(bytes));
            case Segment.InFile(var file, var start, var size) ->
                vertx.fileSystem()
                        .open(file.toString(), new OpenOptions().setWrite(false))
                        .compose(opened -> pipe(opened, start, size, response));
        };
    }

    private static Future<Void> pipe(AsyncFile file, long start, long size, HttpServerResponse response) {
        file.setReadPos(start).setReadLength(size).setReadBufferSize(READ_BYTES);
        return file.pipe().endOnComplete(false).to(response);
    }

    private static Buffer wrap(ByteBuffer bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    /** Reads stored bytes again to find their digests; on a worker when they lie in files. */
    Future<Received> digest(Body body, Optional<ChecksumAlgorithm> wanted) {
        var inMemory = body.segments(0, body.size()).stream().allMatch(Segment.Heap.class::isInstance);
        try {
            return inMemory
                    ? Future.succeededFuture(read(body, wanted))
                    : vertx.executeBlocking(() -> read(body, wanted), false).map(Objects::requireNonNull);
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private static Received read(Body body, Optional<ChecksumAlgorithm> wanted) throws IOException {
        var md5 = Checksums.md5();
        var checksum = wanted.map(Checksums::start);
        for (var segment : body.segments(0, body.size())) {
            segment.forEach(piece -> {
                md5.update(ByteBuffer.wrap(piece));
                checksum.ifPresent(running -> running.update(ByteBuffer.wrap(piece)));
            });
        }
        return new Received(
                body,
                md5.hex(),
                wanted.map(algorithm ->
                        new Checksum(algorithm, checksum.orElseThrow().base64(), false)));
    }
}
