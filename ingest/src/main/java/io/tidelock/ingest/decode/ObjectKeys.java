package io.tidelock.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/** Object keys as sources spell them (rule 46). */
final class ObjectKeys {
    private static final int DIGITS_AFTER_PERCENT = 2;

    private ObjectKeys() {}

    /** The key that a source of this format spells so. */
    static String decode(String spelled, SourceFormat format, String path) throws FlawException {
        return switch (format) {
            case S3, MINIO -> formDecoded(spelled, path);
            case EVENTBRIDGE, CEPH -> checked(spelled, path);
        };
    }

    /** Once, and never twice: a key may hold a percent sign of its own. */
    private static String formDecoded(String spelled, String path) throws FlawException {
        if (spelled.indexOf('%') < 0 && spelled.indexOf('+') < 0) {
            return checked(spelled, path);
        }
        var plain = utf8(spelled, path);
        var bytes = ByteBuffer.allocate(plain.length);
        for (int i = 0; i < plain.length; i++) {
            switch (plain[i]) {
                case '+' -> bytes.put((byte) ' ');
                case '%' -> {
                    bytes.put(hexByte(plain, i + 1, path));
                    i += DIGITS_AFTER_PERCENT;
                }
                default -> bytes.put(plain[i]);
            }
        }
        try {
            return checked(UTF_8.newDecoder().decode(bytes.flip()).toString(), path);
        } catch (CharacterCodingException e) {
            throw new FlawException(Flaw.INVALID_KEY, path + " is not UTF-8 once decoded: \"" + spelled + "\"");
        }
    }

    private static byte hexByte(byte[] bytes, int at, String path) throws FlawException {
        if (at + DIGITS_AFTER_PERCENT <= bytes.length) {
            int high = Character.digit(bytes[at], 16);
            int low = Character.digit(bytes[at + 1], 16);
            if (high >= 0 && low >= 0) {
                return (byte) (high << 4 | low);
            }
        }
        throw new FlawException(
                Flaw.INVALID_KEY,
                path + " has a % that starts no byte; is the source's format right? \"" + new String(bytes, UTF_8)
                        + "\"");
    }

    private static String checked(String key, String path) throws FlawException {
        var length = utf8(key, path).length;
        if (length == 0 || length > EventDecoder.KEY_BYTES_MAX) {
            throw new FlawException(
                    Flaw.INVALID_KEY, path + " has " + length + " bytes, a key has 1 to " + EventDecoder.KEY_BYTES_MAX);
        }
        return key;
    }

    private static byte[] utf8(String text, String path) throws FlawException {
        try {
            var encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new FlawException(Flaw.INVALID_KEY, path + " holds half a surrogate pair");
        }
    }
}
