package io.tidelock.sandbox.model;

import java.util.Optional;

/** Who owns what others write into a bucket (UG: Controlling ownership of objects and disabling ACLs). */
public enum Ownership {
    BUCKET_OWNER_ENFORCED("BucketOwnerEnforced"),
    BUCKET_OWNER_PREFERRED("BucketOwnerPreferred"),
    OBJECT_WRITER("ObjectWriter");

    private final String text;

    Ownership(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Who owns something that is written now (UG: Controlling ownership of objects, Object Ownership settings). */
    String ownerOf(String writerId, String bucketOwnerId, Optional<NamedAcl> acl) {
        return switch (this) {
            case BUCKET_OWNER_ENFORCED -> bucketOwnerId;
            case BUCKET_OWNER_PREFERRED ->
                acl.equals(Optional.of(CannedAcl.BUCKET_OWNER_FULL_CONTROL)) ? bucketOwnerId : writerId;
            case OBJECT_WRITER -> writerId;
        };
    }

    public static Optional<Ownership> of(String text) {
        for (var ownership : values()) {
            if (ownership.text.equals(text)) {
                return Optional.of(ownership);
            }
        }
        return Optional.empty();
    }
}
