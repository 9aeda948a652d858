package io.tidelock.replicator.store.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A key of SSE-C, which only its writer and whoever they gave it to have. Named by its MD5, as S3 does; never shows itself.
 * Immutable.
 */
public final class CustomerKey {
    /** S3 takes AES-256 only. */
    public static final int KEY_BYTES = 32;

    static final String ALGORITHM = "AES256";

    private final String base64;
    private final String md5;

    /** @param base64 the key's {@value #KEY_BYTES} bytes in base64 */
    public CustomerKey(String base64) {
        this.base64 = base64;
        this.md5 = Base64.getEncoder().encodeToString(md5(decoded(base64)));
    }

    private static byte[] decoded(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("stores.customerKeys must be base64", e);
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "stores.customerKeys must have " + KEY_BYTES + " bytes each, one had " + key.length);
        }
        return key;
    }

    @SuppressWarnings("StrongCryptographicUse") // S3 names keys by their MD5
    private static byte[] md5(byte[] key) {
        try {
            return MessageDigest.getInstance("MD5").digest(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** The key itself, as requests carry it. */
    String base64() {
        return base64;
    }

    /** The MD5 of the key in base64, by which answers name it. */
    public String md5() {
        return md5;
    }

    @Override
    public String toString() {
        return "CustomerKey[" + md5 + "]";
    }
}
