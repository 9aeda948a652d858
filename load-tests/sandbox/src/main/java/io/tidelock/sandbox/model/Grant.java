package io.tidelock.sandbox.model;

/**
 * One line of an access control list (UG: Access control list overview).
 *
 * @param grantee a canonical id, or the URI of a group
 * @param permission READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL
 */
public record Grant(String grantee, String permission) {
    public static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    public static final String AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    public static final String LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";
    public static final String FULL_CONTROL = "FULL_CONTROL";

    /** Whether the grantee is one of S3's groups. */
    public boolean group() {
        return grantee.startsWith("http");
    }
}
