package io.tidelock.compliance.access;

/**
 * One entry of an ACL.
 *
 * @param kind what the grantee is
 * @param grantee the group's URI, the canonical id or the address
 * @param permission READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL; anything else as written
 */
public record Grant(Kind kind, String grantee, String permission) {
    /** What a grantee is. */
    public enum Kind {
        /** Everybody, signed or not. */
        ALL_USERS,
        /** Everybody with any AWS account. */
        AUTHENTICATED_USERS,
        /** The log delivery group, which is not public (rule A2). */
        LOG_DELIVERY,
        CANONICAL_USER,
        EMAIL,
        /** A group or grantee that no documentation names. */
        UNKNOWN
    }

    /** Rule A1: whether the grant is to everybody. */
    public boolean isPublic() {
        return kind == Kind.ALL_USERS || kind == Kind.AUTHENTICATED_USERS;
    }

    /** Rule A4: whether it lets the grantee read or list, or read the ACL. */
    public boolean reads() {
        return switch (permission) {
            case "READ", "READ_ACP", "FULL_CONTROL" -> true;
            default -> false;
        };
    }

    /** Rule A4: whether it lets the grantee write, or write the ACL. */
    public boolean writes() {
        return switch (permission) {
            case "WRITE", "WRITE_ACP", "FULL_CONTROL" -> true;
            default -> false;
        };
    }

    /** Whether it includes the permission {@code wanted}. */
    public boolean gives(String wanted) {
        return permission.equals(wanted) || permission.equals("FULL_CONTROL");
    }

    @Override
    public String toString() {
        return permission + " to "
                + switch (kind) {
                    case ALL_USERS -> "AllUsers";
                    case AUTHENTICATED_USERS -> "AuthenticatedUsers";
                    case LOG_DELIVERY -> "LogDelivery";
                    case CANONICAL_USER -> "canonical user " + grantee;
                    case EMAIL -> "the account of an e-mail address";
                    case UNKNOWN -> "an unknown grantee";
                };
    }
}
