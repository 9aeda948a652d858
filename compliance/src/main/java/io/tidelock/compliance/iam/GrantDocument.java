package io.tidelock.compliance.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One policy document to be attached somewhere.
 *
 * @param kind where it goes
 * @param subject the role, bucket or key it is attached to: an ARN
 * @param policy the document, in the provider's own form
 */
public record GrantDocument(Kind kind, String subject, ObjectNode policy) {
    /** Where a document goes. */
    public enum Kind {
        /** A role's trust policy. */
        TRUST,
        /** A role's or user's own permissions. */
        PERMISSIONS,
        /** A bucket's policy. */
        BUCKET_POLICY,
        /** Statements to add to a key's policy; the key keeps what it has. */
        KEY_STATEMENTS
    }
}
