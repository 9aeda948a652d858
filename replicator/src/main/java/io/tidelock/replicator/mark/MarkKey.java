package io.tidelock.replicator.mark;

import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** A key of the installation that marks are signed with. Never shows its secret. */
public final class MarkKey {
    /** Fewest bytes a secret may have. */
    public static final int SECRET_BYTES_MIN = 16;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final String id;
    private final SecretKeySpec secret;

    /**
     * @param id 1 to 32 letters, digits, dots, dashes or underscores; readable in every replica's metadata
     * @param secret at least {@value #SECRET_BYTES_MIN} bytes; copied
     */
    public MarkKey(String id, byte[] secret) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "mark.keys.id must be 1 to 32 letters, digits, dots, dashes or underscores, was \"" + id + "\"");
        }
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("mark.keys.secret of \"" + id + "\" must have at least "
                    + SECRET_BYTES_MIN + " bytes, had " + secret.length);
        }
        this.id = id;
        this.secret = new SecretKeySpec(secret, MarkKeys.ALGORITHM);
    }

    public String id() {
        return id;
    }

    SecretKeySpec secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "MarkKey[" + id + "]";
    }
}
