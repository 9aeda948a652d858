package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The body of a version on the wire. Failures come as an {@code IOException} around a {@link StoreException}. Closed
 * after its last byte it gives its connection back; closed before, it cuts the connection instead of reading the rest.
 */
final class SourceBody extends InputStream {
    private static final String OPERATION = "GetObject";

    private final ResponseInputStream<?> wire;
    private long leftBytes;
    private boolean ended;

    SourceBody(ResponseInputStream<?> wire, long lengthBytes) {
        this.wire = wire;
        this.leftBytes = lengthBytes;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        try {
            int count = wire.read(into, offset, length);
            if (count < 0) {
                ended = true;
                if (leftBytes > 0) {
                    throw failed(new StoreException(
                            StoreFailure.UNAVAILABLE, OPERATION, "the body ended " + leftBytes + " bytes early", null));
                }
            } else {
                leftBytes -= count;
            }
            return count;
        } catch (SdkException e) {
            throw failed(S3Failures.of(OPERATION, e));
        } catch (IOException e) {
            if (e.getCause() instanceof StoreException) {
                throw e;
            }
            throw failed(new StoreException(StoreFailure.UNAVAILABLE, OPERATION, String.valueOf(e.getMessage()), e));
        }
    }

    private IOException failed(StoreException failure) {
        ended = true;
        leftBytes = Math.max(1, leftBytes);
        return new IOException(failure.getMessage(), failure);
    }

    @Override
    public void close() throws IOException {
        // The checksum is judged at the end of the stream, so the end has to be reached even when all bytes are there.
        if (leftBytes == 0) {
            wire.close();
        } else {
            wire.abort();
        }
    }
}
