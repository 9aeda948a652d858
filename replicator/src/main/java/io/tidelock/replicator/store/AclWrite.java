package io.tidelock.replicator.store;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ACL that a write asks for: a canned one, or explicit grants, or the store's default, which is the writer's alone.
 *
 * @param canned such as {@code public-read}, or null
 * @param grants explicit grants; empty where there is a canned ACL or none
 */
public record AclWrite(@Nullable String canned, Set<Grant> grants) {
    /** Nothing is asked for. */
    public static final AclWrite DEFAULT = new AclWrite(null, Set.of());

    public AclWrite {
        grants = Set.copyOf(grants);
        if (canned != null && !grants.isEmpty()) {
            throw new IllegalArgumentException("S3 takes either a canned ACL or grants, not both: " + canned);
        }
    }

    /** One of S3's canned ACLs. */
    public static AclWrite canned(String name) {
        return new AclWrite(name, Set.of());
    }

    /** Whether the headers of a request have room for it. */
    public boolean fitsHeaders() {
        return HeaderRoom.holds(grants);
    }

    /** Exactly these grants. */
    public static AclWrite of(Set<Grant> grants) {
        return new AclWrite(null, grants);
    }
}
