package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a body in aws-chunked framing as it comes, in pieces of any size, and holds no more of it than one line. Data is
 * handed on before its chunk's signature is known to hold: the object is good only once {@link #finish} has returned.
 *
 * <p>Sources: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks (Chunked
 * Upload)": framing, signatures, {@code x-amz-decoded-content-length}, and that only the last chunk with data may be under
 * 8192 bytes; "Including Trailing Headers" for the trailer. A chunk may not be larger than what is still to come of the
 * decoded length.
 */
final class AwsChunkedPayload implements PayloadDecoder {
    /** Longest line that is a chunk's header or one of the trailer. */
    static final int LINE_BYTES_MAX = 4_096;

    /** Most lines that a trailer may have, its signature and its end included. */
    static final int TRAILER_LINES_MAX = 16;

    /** Smallest chunk that others may follow. */
    static final int CHUNK_BYTES_MIN = 8_192;

    private enum State {
        CHUNK_HEADER,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private final long decodedBytes;
    private final @Nullable SignatureChain chain;
    private final @Nullable Trailer trailer;
    private final MessageDigest digest = Digests.sha256();
    private final byte[] line = new byte[LINE_BYTES_MAX];

    private State state = State.CHUNK_HEADER;
    private int lineBytes;
    private int trailerLines;
    private long bodyBytesLeft;
    private long chunkBytesLeft;
    private boolean smallChunkSeen;
    private @Nullable String chunkSignature;
    private Map<String, String> trailers = Map.of();

    /**
     * @param decodedBytes what {@code x-amz-decoded-content-length} says
     * @param chain where chunks are signed, otherwise null
     * @param trailer where a trailer was announced by the payload mode, otherwise null
     */
    AwsChunkedPayload(long decodedBytes, @Nullable SignatureChain chain, @Nullable Trailer trailer) {
        this.decodedBytes = decodedBytes;
        this.bodyBytesLeft = decodedBytes;
        this.chain = chain;
        this.trailer = trailer;
    }

    @Override
    public OptionalLong declaredBytes() {
        return OptionalLong.of(decodedBytes);
    }

    @Override
    public void decode(ByteBuffer wire, Consumer<ByteBuffer> body) {
        while (wire.hasRemaining()) {
            switch (state) {
                case CHUNK_HEADER -> readLine(wire, this::startChunk);
                case CHUNK_DATA -> readData(wire, body);
                case CHUNK_END -> readLine(wire, this::endChunk);
                case TRAILER -> readLine(wire, this::trailerLine);
                case DONE -> throw ChunkHeader.malformed("something follows its end");
            }
        }
    }

    @Override
    public Map<String, String> finish() {
        if (state != State.DONE) {
            throw new Refusal(ErrorCode.INCOMPLETE_BODY, "The request body terminated unexpectedly");
        }
        return trailers;
    }

    private void readLine(ByteBuffer wire, Consumer<String> taker) {
        while (wire.hasRemaining()) {
            byte next = wire.get();
            if (next == '\n' && lineBytes > 0 && line[lineBytes - 1] == '\r') {
                var text = new String(line, 0, lineBytes - 1, StandardCharsets.ISO_8859_1);
                lineBytes = 0;
                taker.accept(text);
                return;
            }
            if (lineBytes == LINE_BYTES_MAX) {
                throw ChunkHeader.malformed("a line is longer than " + LINE_BYTES_MAX + " bytes");
            }
            line[lineBytes++] = next;
        }
    }

    private void startChunk(String text) {
        var header = ChunkHeader.parse(text, chain != null);
        if (header.sizeBytes() > bodyBytesLeft) {
            throw new Refusal(
                    ErrorCode.INCOMPLETE_BODY, "The body is longer than x-amz-decoded-content-length, " + decodedBytes);
        }
        if (header.sizeBytes() > 0 && smallChunkSeen) {
            throw new Refusal(ErrorCode.INVALID_CHUNK_SIZE);
        }
        smallChunkSeen = header.sizeBytes() < CHUNK_BYTES_MIN;
        chunkSignature = header.signature();
        chunkBytesLeft = header.sizeBytes();
        if (chunkBytesLeft > 0) {
            state = State.CHUNK_DATA;
        } else {
            verifyChunk();
            endBody();
        }
    }

    private void readData(ByteBuffer wire, Consumer<ByteBuffer> body) {
        int length = (int) Math.min(chunkBytesLeft, wire.remaining());
        var data = wire.slice(wire.position(), length);
        wire.position(wire.position() + length);
        if (chain != null) {
            digest.update(data.duplicate());
        }
        chunkBytesLeft -= length;
        bodyBytesLeft -= length;
        if (chunkBytesLeft == 0) {
            state = State.CHUNK_END;
        }
        body.accept(data);
    }

    private void endChunk(String text) {
        if (!text.isEmpty()) {
            throw ChunkHeader.malformed("a chunk is longer than its size says");
        }
        verifyChunk();
        state = State.CHUNK_HEADER;
    }

    private void verifyChunk() {
        if (chain != null && chunkSignature != null) {
            chain.chunk(digest.digest(), chunkSignature);
        }
    }

    private void endBody() {
        if (bodyBytesLeft > 0) {
            throw new Refusal(
                    ErrorCode.INCOMPLETE_BODY,
                    "The body is shorter than x-amz-decoded-content-length, " + decodedBytes);
        }
        state = State.TRAILER;
    }

    private void trailerLine(String text) {
        if (text.isEmpty()) {
            trailers = trailer == null ? Map.of() : trailer.complete(chain);
            state = State.DONE;
            return;
        }
        if (trailer == null || ++trailerLines == TRAILER_LINES_MAX) {
            throw Trailer.malformed();
        }
        trailer.line(text);
    }
}
