package io.tidelock.replicator.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.ObjectKey;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;

/**
 * Signs and verifies origin marks. The signature covers the mark and the destination's store, bucket and key, so that a
 * copy of a replica to another key is an ordinary object. Immutable and thread-safe.
 */
public final class MarkKeys {
    /** The user metadata name of the mark, without {@code x-amz-meta-}. */
    public static final String METADATA_NAME = "tidelock-origin";

    /** S3's limit for names and values of all user metadata of an object, in bytes of UTF-8. */
    public static final int USER_METADATA_BYTES_MAX = 2048;

    static final String ALGORITHM = "HmacSHA256";

    private final List<MarkKey> keys;

    /** @param keys the first one signs, all verify; at least one, with unique ids */
    public MarkKeys(List<MarkKey> keys) {
        this.keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("mark.keys must name at least one key");
        }
        var ids = new HashSet<String>();
        for (var key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException("mark.keys has the id \"" + key.id() + "\" twice");
            }
        }
    }

    /** The metadata value that says that the replica at that key comes from there. */
    public String sign(OriginMark mark, ObjectKey replica) {
        var key = keys.getFirst();
        var body = MarkText.write(mark, key.id());
        return body + MarkText.SEPARATOR + base64(mac(key, body, replica));
    }

    /** Looks for a mark in an object's user metadata and verifies it. Never throws, whatever it is given. */
    public MarkCheck check(Map<String, String> userMetadata, ObjectKey where) {
        var value = userMetadata.get(METADATA_NAME);
        if (value == null) {
            return new MarkCheck.Absent();
        }
        var end = value.lastIndexOf(MarkText.SEPARATOR);
        if (value.length() > USER_METADATA_BYTES_MAX || end < 0) {
            return new MarkCheck.Invalid("not a mark");
        }
        var body = value.substring(0, end);
        var parsed = MarkText.read(body);
        if (parsed.isEmpty()) {
            return new MarkCheck.Invalid("not a mark of a known form");
        }
        var signed = value.substring(end + 1).getBytes(UTF_8);
        for (var key : keys) {
            if (key.id().equals(parsed.get().keyId())) {
                var expected = base64(mac(key, body, where)).getBytes(UTF_8);
                return MessageDigest.isEqual(expected, signed)
                        ? new MarkCheck.Valid(parsed.get().mark())
                        : new MarkCheck.Invalid("the signature is not of this key at this place");
            }
        }
        return new MarkCheck.Invalid("signed with an unknown key");
    }

    /** Whether an object's user metadata has room for a mark. An old mark in it does not count: it is replaced. */
    public static boolean fits(Map<String, String> userMetadata, String mark) {
        var bytes = length(METADATA_NAME) + length(mark);
        for (var item : userMetadata.entrySet()) {
            if (!item.getKey().equals(METADATA_NAME)) {
                bytes += length(item.getKey()) + length(item.getValue());
            }
        }
        return bytes <= USER_METADATA_BYTES_MAX;
    }

    private static int length(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static byte[] mac(MarkKey key, String body, ObjectKey replica) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key.secret());
            for (var field :
                    List.of(body, replica.bucket().store(), replica.bucket().name(), replica.key())) {
                var bytes = field.getBytes(UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
