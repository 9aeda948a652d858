package io.tidelock.replicator.execute;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.checksum.RunningHash;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A body that must have a certain length, and as a whole must hash to what the source tells. What does not is an error before its last byte is handed on, so that it is never written.
 */
final class CheckedBody extends FilterInputStream {
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private final long lengthBytes;
    private final @Nullable RunningHash running;
    private final Judge judge;
    private long readBytes;

    private CheckedBody(InputStream body, long lengthBytes, @Nullable RunningHash running, Judge judge) {
        super(body);
        this.lengthBytes = lengthBytes;
        this.running = running;
        this.judge = judge;
    }

    /** Is told the hash of all bytes before the last of them are handed on. */
    @FunctionalInterface
    interface Judge {
        void hashed(byte[] hash) throws IOException;
    }

    /** The body of a whole version. */
    static CheckedBody ofWhole(InputStream body, ObjectHead head) {
        return WholeHash.of(head)
                .map(whole -> ofPart(body, head.sizeBytes(), whole.start(), hash -> require(whole.difference(hash))))
                .orElseGet(() -> ofPart(body, head.sizeBytes()));
    }

    /** The body of a part. */
    static CheckedBody ofPart(InputStream body, long lengthBytes) {
        return new CheckedBody(body, lengthBytes, null, _ -> {});
    }

    /**
     * The body of a part of at least one byte that somebody wants to know the hash of.
     *
     * @param running goes on with the bytes of the part
     */
    static CheckedBody ofPart(InputStream body, long lengthBytes, RunningHash running, Judge judge) {
        return new CheckedBody(body, lengthBytes, running, judge);
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
        if (running != null) {
            running.update(buffer, offset, count);
            if (readBytes == lengthBytes && count > 0) {
                judge.hashed(running.value());
            }
        }
        return count;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw mismatch(otherwise);
        }
    }

    /** Refuses a body that differs, before its last bytes are handed on. */
    static void require(Optional<String> difference) throws IOException {
        if (difference.isPresent()) {
            throw mismatch(difference.get());
        }
    }

    private static IOException mismatch(String detail) {
        return new IOException(detail, new StoreException(StoreFailure.CHECKSUM_MISMATCH, "GetObject", detail, null));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
