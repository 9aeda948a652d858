package io.tidelock.compliance.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One policy document to be attached somewhere.
 *
 * @param kind where it goes
 * @param subject the role, user, bucket or key it is attached to: an ARN; ends in {@code *} for every key that is used
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

    /** What it is and whose, in words. */
    public String title() {
        return switch (kind) {
            case TRUST -> "Trust policy of the role " + subject;
            case PERMISSIONS -> "Permissions of the " + holder() + " " + subject;
            case BUCKET_POLICY -> "Policy of the bucket " + subject;
            case KEY_STATEMENTS ->
                isTemplate()
                        ? "Statements for the policy of every key that source versions are encrypted with, of "
                                + subject
                        : "Statements for the policy of the key " + subject;
        };
    }

    /** The call of the provider's command line that attaches it, and what to mind. */
    public String attach() {
        return switch (kind) {
            case TRUST ->
                "aws iam update-assume-role-policy --role-name " + last()
                        + " --policy-document file://policy.json   (replaces the role's trust policy)";
            case PERMISSIONS ->
                "aws iam put-" + holder() + "-policy --" + holder() + "-name " + last()
                        + " --policy-name tidelock-replication --policy-document file://policy.json";
            case BUCKET_POLICY ->
                "aws s3api put-bucket-policy --bucket " + last()
                        + " --policy file://policy.json   (replaces the bucket's policy: add the statements that it has"
                        + " for others)";
            case KEY_STATEMENTS ->
                "aws kms get-key-policy --key-id KEY --policy-name default --query Policy --output text, add the"
                        + " statements, then aws kms put-key-policy --key-id KEY --policy-name default --policy"
                        + " file://policy.json";
        };
    }

    /** {@code user} or {@code role}; only of permissions. */
    String holder() {
        return subject.contains(":user/") ? "user" : "role";
    }

    /** The name at the end of the subject. */
    String last() {
        return isTemplate()
                ? "any"
                : subject.substring(Math.max(subject.lastIndexOf('/'), subject.lastIndexOf(':')) + 1);
    }

    private boolean isTemplate() {
        return subject.endsWith("*");
    }
}
