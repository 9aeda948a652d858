package io.tidelock.domain;

/**
 * One bucket of one configured store. Bucket names repeat across stores, so the store is part of its identity.
 *
 * @param store the name that the configuration gives the store; never contains a slash
 * @param name the bucket's name; never contains a slash
 */
public record Bucket(String store, String name) {
    public Bucket {
        requirePlain("store", store);
        requirePlain("bucket", name);
    }

    private static void requirePlain(String what, String value) {
        if (value.isEmpty() || value.indexOf('/') >= 0) {
            throw new IllegalArgumentException(what + " must be a name without a slash, was \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return store + "/" + name;
    }
}
