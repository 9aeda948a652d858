package io.tidelock.sandbox.auth;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Turns the body of one request, as it is on the wire, into the object's bytes, and checks it; used by one thread at a time. */
public interface PayloadDecoder {
    /** Bytes of the object as announced by {@code x-amz-decoded-content-length} or {@code Content-Length}; empty when unknown. */
    OptionalLong declaredBytes();

    /**
     * Takes the next piece from the wire and hands the object's bytes in it to {@code body}. The buffers handed out may be views of
     * {@code wire} and may be kept: the caller never uses the array of {@code wire} again.
     *
     * @throws io.tidelock.sandbox.model.Refusal when the encoding is broken or a chunk's signature is wrong
     */
    void decode(ByteBuffer wire, Consumer<ByteBuffer> body);

    /**
     * The wire has ended.
     *
     * @return the trailing fields, names in lower case
     * @throws io.tidelock.sandbox.model.Refusal when it ended early or the hash of the payload is wrong
     */
    Map<String, String> finish();
}
