package io.tidelock.compliance.policy;

/** What a statement does; case-sensitive in a document. */
public enum Effect {
    ALLOW,
    DENY
}
