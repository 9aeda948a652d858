package io.tidelock.replicator.store;

/**
 * One entry of an ACL. Which permission means what on an object: S3's user guide, "Access control list overview".
 *
 * @param grantee who gets it
 */
public record Grant(Grantee grantee, Permission permission) {
    /** Who a grant is for. */
    public sealed interface Grantee {
        /** One account, by its canonical id. */
        record Account(String id) implements Grantee {}

        /** One of S3's predefined groups, by its URI. */
        record Group(String uri) implements Grantee {
            /** Everybody, signed or not. */
            public static final Group ALL_USERS = new Group("http://acs.amazonaws.com/groups/global/AllUsers");

            /** Every account. */
            public static final Group AUTHENTICATED_USERS =
                    new Group("http://acs.amazonaws.com/groups/global/AuthenticatedUsers");
        }
    }

    /** What a grant allows. */
    public enum Permission {
        FULL_CONTROL,
        READ,
        /** Means nothing on an object. */
        WRITE,
        READ_ACP,
        WRITE_ACP
    }
}
