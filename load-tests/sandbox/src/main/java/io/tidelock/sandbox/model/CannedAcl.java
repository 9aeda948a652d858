package io.tidelock.sandbox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ACLs that a request can name (UG: Access control list overview, canned ACL). */
public enum CannedAcl implements NamedAcl {
    PRIVATE("private"),
    PUBLIC_READ("public-read"),
    PUBLIC_READ_WRITE("public-read-write"),
    AUTHENTICATED_READ("authenticated-read"),
    BUCKET_OWNER_READ("bucket-owner-read"),
    BUCKET_OWNER_FULL_CONTROL("bucket-owner-full-control");

    private final String text;

    CannedAcl(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static Optional<CannedAcl> of(String text) {
        for (var acl : values()) {
            if (acl.text.equals(text)) {
                return Optional.of(acl);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Grant> grants(String ownerId, String bucketOwnerId) {
        var grants = new ArrayList<Grant>();
        grants.add(new Grant(ownerId, Grant.FULL_CONTROL));
        switch (this) {
            case PRIVATE -> {}
            case PUBLIC_READ -> grants.add(new Grant(Grant.ALL_USERS, "READ"));
            case PUBLIC_READ_WRITE -> {
                grants.add(new Grant(Grant.ALL_USERS, "READ"));
                grants.add(new Grant(Grant.ALL_USERS, "WRITE"));
            }
            case AUTHENTICATED_READ -> grants.add(new Grant(Grant.AUTHENTICATED_USERS, "READ"));
            case BUCKET_OWNER_READ -> {
                if (!ownerId.equals(bucketOwnerId)) {
                    grants.add(new Grant(bucketOwnerId, "READ"));
                }
            }
            case BUCKET_OWNER_FULL_CONTROL -> {
                if (!ownerId.equals(bucketOwnerId)) {
                    grants.add(new Grant(bucketOwnerId, Grant.FULL_CONTROL));
                }
            }
        }
        return grants;
    }
}
