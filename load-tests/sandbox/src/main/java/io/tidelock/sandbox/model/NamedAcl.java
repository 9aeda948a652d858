package io.tidelock.sandbox.model;

import java.util.List;

/** The access control list that a request names, in one of the two ways there are (UG: Access control list overview). */
public sealed interface NamedAcl permits CannedAcl, GrantedAcl {
    /** What it grants on something of {@code ownerId} in a bucket of {@code bucketOwnerId}. */
    List<Grant> grants(String ownerId, String bucketOwnerId);
}
