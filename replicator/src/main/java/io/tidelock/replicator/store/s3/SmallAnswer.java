package io.tidelock.replicator.store.s3;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.Abortable;

/** Answers that are read whole before anybody parses them, as none of them may be large. */
public final class SmallAnswer {
    private SmallAnswer() {}

    /**
     * The whole body, closed.
     *
     * @throws SdkClientException when it breaks off or is longer than that; its connection is not used again then, as closing would read the rest
     */
    public static byte[] read(InputStream body, int bytesMax) {
        try {
            var bytes = body.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new IOException("the answer has more than " + bytesMax + " bytes");
            }
            body.close();
            return bytes;
        } catch (IOException e) {
            if (body instanceof Abortable connection) {
                connection.abort();
            }
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        }
    }
}
