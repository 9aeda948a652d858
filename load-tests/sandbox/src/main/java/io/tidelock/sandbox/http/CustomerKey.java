package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.Checksums;
import io.tidelock.sandbox.model.Encryption;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * A key that only its customer has and sends with each request; the server keeps nothing but its MD5 (UG: Using server-side encryption with
 * customer-provided keys). Unlike S3 this server takes it over plain HTTP, since it has no HTTPS.
 *
 * @param md5 the MD5 of the key, base64
 */
record CustomerKey(String md5) {
    /** What the headers of the object itself begin with. */
    static final String OWN = "x-amz-server-side-encryption-customer-";
    /** What those of a copy's source begin with. */
    static final String SOURCE = "x-amz-copy-source-server-side-encryption-customer-";

    private static final int KEY_BYTES = 32;
    private static final String START = "Requests specifying Server Side Encryption with Customer provided keys must ";

    /** The key in the headers, whose three parts must fit each other. */
    static Optional<CustomerKey> of(Exchange exchange, String prefix) {
        var algorithm = exchange.header(prefix + "algorithm");
        var key = exchange.header(prefix + "key");
        var md5 = exchange.header(prefix + "key-md5");
        if (algorithm.isEmpty() && key.isEmpty() && md5.isEmpty()) {
            return Optional.empty();
        }
        if (algorithm.isEmpty()) {
            throw invalid(prefix, START + "provide a valid encryption algorithm.");
        }
        if (!algorithm.get().equals(Encryption.AES256)) {
            throw new Refusal(ErrorCode.INVALID_ENCRYPTION_ALGORITHM);
        }
        var raw = key.map(CustomerKey::decoded)
                .filter(bytes -> bytes.length > 0)
                .orElseThrow(() -> invalid(prefix, START + "provide an appropriate secret key."));
        if (raw.length != KEY_BYTES) {
            throw invalid(prefix, "The secret key was invalid for the specified algorithm.");
        }
        if (md5.isEmpty()) {
            throw invalid(prefix, START + "provide the client calculated MD5 of the secret key.");
        }
        if (!md5.get().equals(md5(raw))) {
            throw invalid(prefix, "The calculated MD5 hash of the key did not match the hash that was provided.");
        }
        return Optional.of(new CustomerKey(md5.get()));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static String md5(byte[] key) {
        var digest = Checksums.md5();
        digest.update(ByteBuffer.wrap(key));
        return digest.base64();
    }

    private static Refusal invalid(String prefix, String message) {
        return new Refusal(ErrorCode.INVALID_ARGUMENT, message).with("ArgumentName", prefix + "key");
    }

    /** Refuses to read a version whose key did not come, or which needs none; another key than the writer's is denied. */
    static void requireToRead(Exchange exchange, String prefix, Encryption stored) {
        var given = of(exchange, prefix);
        if (given.isPresent() && stored.customerKeyMd5().isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST, "The encryption parameters are not applicable to this object.");
        }
        if (given.isEmpty() && stored.customerKeyMd5().isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be provided"
                            + " to retrieve the object.");
        }
        if (!given.map(CustomerKey::md5).equals(stored.customerKeyMd5())) {
            throw new Refusal(ErrorCode.ACCESS_DENIED);
        }
    }

    /** Refuses a part that does not come with the key that its upload began with (API: UploadPart). */
    static void requireForPart(Exchange exchange, Encryption begun) {
        var given = of(exchange, OWN);
        if (given.isPresent() && begun.customerKeyMd5().isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The multipart upload initiate did not request encryption. Please resend the request without sending"
                            + " encryption parameters.");
        }
        if (given.isEmpty() && begun.customerKeyMd5().isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The multipart upload initiate requested encryption. Subsequent part requests must include the"
                            + " appropriate encryption parameters.");
        }
        if (!given.map(CustomerKey::md5).equals(begun.customerKeyMd5())) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The provided encryption parameters did not match the ones used originally.");
        }
    }
}
