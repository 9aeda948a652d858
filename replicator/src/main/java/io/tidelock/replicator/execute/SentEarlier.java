package io.tidelock.replicator.execute;

import io.tidelock.replicator.checksum.Crc;
import io.tidelock.replicator.checksum.CrcAlgorithm;
import io.tidelock.replicator.checksum.RunningHash;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;

/** Parts that an earlier try has sent, whose bytes are read again and compared instead of being sent again. */
final class SentEarlier {
    private static final int READ_BYTES = 64 << 10;

    private SentEarlier() {}

    /**
     * Whether a part has what is read now, to the end: by its CRC32 where it tells one, otherwise by its ETag. One whose ETag is no MD5 is taken for another.
     *
     * @throws SidedException where the source cannot be read
     */
    static boolean holds(Part earlier, InputStream body) {
        var md5 = RunningHash.md5();
        var crc32 = new Crc(CrcAlgorithm.CRC32);
        var buffer = new byte[READ_BYTES];
        try {
            for (var count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                md5.update(buffer, 0, count);
                crc32.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw new SidedException(
                    Side.SOURCE,
                    e.getCause() instanceof StoreException refusal
                            ? refusal
                            : new StoreException(
                                    StoreFailure.UNAVAILABLE, "GetObject", String.valueOf(e.getMessage()), e));
        }
        return earlier.checksumBase64().isEmpty()
                ? earlier.eTag().equals(HexFormat.of().formatHex(md5.value()))
                : earlier.checksumBase64().equals(Base64.getEncoder().encodeToString(crc32.value()));
    }
}
