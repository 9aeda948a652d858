package io.tidelock.compliance.policy;

/** Where a policy is attached, which decides the elements that a statement must have. */
public enum PolicyKind {
    /** On a bucket or a key: names principals and resources. */
    RESOURCE,
    /** On a role or user: names resources, never principals. */
    IDENTITY,
    /** Who may assume a role: names principals, never resources. */
    TRUST
}
