package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * What a bucket with object lock does (API: ObjectLockConfiguration).
 *
 * @param defaultRetention the retention of versions whose writer asks for none
 */
public record ObjectLockRule(Optional<DefaultRetention> defaultRetention) {
    /** Object lock without a default. */
    public static final ObjectLockRule BARE = new ObjectLockRule(Optional.empty());
}
