package io.tidelock.replicator.store;

import java.util.Set;

/**
 * Who owns a version and who may do what with it.
 *
 * @param owner the owner's canonical id
 */
public record ObjectAcl(String owner, Set<Grant> grants) {
    public ObjectAcl {
        grants = Set.copyOf(grants);
    }
}
