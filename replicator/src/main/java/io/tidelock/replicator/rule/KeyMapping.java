package io.tidelock.replicator.rule;

/**
 * How a source key becomes the replica's key: the prefix {@code from} is replaced by {@code to}. Both empty keeps keys
 * as they are, an empty {@code from} adds a prefix. A key that does not begin with {@code from} has no replica.
 */
public record KeyMapping(String from, String to) {
    /** The replica has the source's key, as with S3. */
    public static final KeyMapping IDENTITY = new KeyMapping("", "");

    /** Whether the key has a place at the destination. */
    public boolean covers(String key) {
        return key.startsWith(from) && key.length() + to.length() > from.length();
    }

    /** The replica's key; only for a key that is covered. */
    public String replicaKey(String key) {
        return to.concat(key.substring(from.length()));
    }
}
