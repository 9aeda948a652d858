package io.tidelock.sandbox.auth;

/** Judges what a caller may do. Called on event loops, by many threads at once; must not block. */
@FunctionalInterface
public interface Authorizer {
    /** Everybody may do everything: for tests of the wire below policies. */
    Authorizer OPEN = _ -> true;

    /** Whether the action is allowed. */
    boolean allows(AccessRequest request);

    /** Whether the action on a key of KMS is allowed; by the key's account alone, where nobody reads its policy. */
    default boolean allows(KeyRequest request) {
        return request.key().usableBy(request.caller().accountId());
    }
}
