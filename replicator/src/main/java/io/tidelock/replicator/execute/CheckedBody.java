package io.tidelock.replicator.execute;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body that must have a certain length, and must hash to the source's ETag where that is an MD5 and the store keeps no
 * better checksum. What does not is an error before its last byte is handed on, so that it is never written.
 */
final class CheckedBody extends FilterInputStream {
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private final long lengthBytes;
    private final @Nullable Judge judge;
    private final MessageDigest digest = md5();
    private long readBytes;

    private CheckedBody(InputStream body, long lengthBytes, @Nullable Judge judge) {
        super(body);
        this.lengthBytes = lengthBytes;
        this.judge = judge;
    }

    /** Is told the MD5 of all bytes before the last of them are handed on. */
    @FunctionalInterface
    interface Judge {
        void hashed(byte[] md5) throws IOException;
    }

    /** The body of a whole version. */
    static CheckedBody ofWhole(InputStream body, ObjectHead head) {
        return new CheckedBody(
                body, head.sizeBytes(), head.checksum() == null && isMd5(head) ? expecting(head.eTag()) : null);
    }

    private static Judge expecting(String eTag) {
        return md5 -> {
            var actual = HexFormat.of().formatHex(md5);
            require(actual.equals(eTag), "the body hashes to " + actual + ", the ETag is " + eTag);
        };
    }

    /** The body of a part. */
    static CheckedBody ofPart(InputStream body, long lengthBytes) {
        return new CheckedBody(body, lengthBytes, null);
    }

    /** The body of a part of at least one byte whose MD5 somebody wants to know. */
    static CheckedBody ofPart(InputStream body, long lengthBytes, Judge judge) {
        return new CheckedBody(body, lengthBytes, judge);
    }

    /** Whether the ETag is the MD5 of the bytes: one PUT, and no key of KMS or the caller. */
    static boolean isMd5(ObjectHead head) {
        return isMd5(head.eTag(), head.encryption());
    }

    static boolean isMd5(String eTag, Encryption encryption) {
        return isMd5(eTag) && leavesMd5s(encryption);
    }

    /** Whether it has the form of one. */
    static boolean isMd5(String eTag) {
        return MD5.matcher(eTag).matches();
    }

    /** Whether ETags under that encryption are made of MD5s. */
    static boolean leavesMd5s(Encryption encryption) {
        return encryption instanceof Encryption.None || encryption instanceof Encryption.SseS3;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        if (count < 0) {
            require(readBytes == lengthBytes, "the body ended after " + readBytes + " of " + lengthBytes + " bytes");
            return count;
        }
        readBytes += count;
        require(readBytes <= lengthBytes, "the body has more than " + lengthBytes + " bytes");
        if (judge != null) {
            digest.update(buffer, offset, count);
            if (readBytes == lengthBytes && count > 0) {
                judge.hashed(digest.digest());
            }
        }
        return count;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            var failure = new StoreException(StoreFailure.CHECKSUM_MISMATCH, "GetObject", otherwise, null);
            throw new IOException(otherwise, failure);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @SuppressWarnings("StrongCryptographicUse") // S3's ETag is what it is
    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
