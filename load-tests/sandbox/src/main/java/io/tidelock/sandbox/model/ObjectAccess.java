package io.tidelock.sandbox.model;

import java.util.List;

/**
 * Who owns a version and whom its ACL lets in; a bucket policy does not reach a version that the bucket's owner does not own (UG: Object
 * ownership).
 *
 * @param ownerId the canonical id of the version's owner
 * @param grants its ACL
 */
public record ObjectAccess(String ownerId, List<Grant> grants) {
    public ObjectAccess {
        grants = List.copyOf(grants);
    }
}
