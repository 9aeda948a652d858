package io.tidelock.sandbox.auth;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A body that is the object's bytes and nothing else, neither signed nor in chunks. */
final class PlainPayload implements PayloadDecoder {
    private final OptionalLong declaredBytes;

    PlainPayload(OptionalLong declaredBytes) {
        this.declaredBytes = declaredBytes;
    }

    @Override
    public OptionalLong declaredBytes() {
        return declaredBytes;
    }

    @Override
    public void decode(ByteBuffer wire, Consumer<ByteBuffer> body) {
        body.accept(wire);
    }

    @Override
    public Map<String, String> finish() {
        return Map.of();
    }
}
