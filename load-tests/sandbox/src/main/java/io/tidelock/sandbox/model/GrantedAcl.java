package io.tidelock.sandbox.model;

import java.util.List;

/**
 * Grants one by one, from headers or from a document; nothing is added to them, not even for the owner (API: PutObjectAcl).
 *
 * @param lines the grants, at most 100 (UG: Access control list overview)
 */
public record GrantedAcl(List<Grant> lines) implements NamedAcl {
    /** How many grants one list can have. */
    public static final int GRANTS_MAX = 100;

    public GrantedAcl {
        lines = List.copyOf(lines);
    }

    @Override
    public List<Grant> grants(String ownerId, String bucketOwnerId) {
        return lines;
    }
}
