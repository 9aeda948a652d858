package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A plain body that is covered by its SHA-256; the object is good only once {@link #finish} has returned. */
final class HashedPayload implements PayloadDecoder {
    private final MessageDigest digest = Digests.sha256();
    private final String sha256;
    private final OptionalLong declaredBytes;

    HashedPayload(String sha256, OptionalLong declaredBytes) {
        this.sha256 = sha256;
        this.declaredBytes = declaredBytes;
    }

    @Override
    public OptionalLong declaredBytes() {
        return declaredBytes;
    }

    @Override
    public void decode(ByteBuffer wire, Consumer<ByteBuffer> body) {
        digest.update(wire.duplicate());
        body.accept(wire);
    }

    @Override
    public Map<String, String> finish() {
        var computed = HexFormat.of().formatHex(digest.digest());
        if (!Digests.same(sha256, computed)) {
            throw new Refusal(ErrorCode.X_AMZ_CONTENT_SHA256_MISMATCH)
                    .with("ClientComputedContentSHA256", sha256)
                    .with("S3ComputedContentSHA256", computed);
        }
        return Map.of();
    }
}
