package io.tidelock.sandbox.auth;

/** Tells who sent a request. Called on event loops, by many threads at once; must not block. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Checks the signature of a request's head.
     *
     * @throws io.tidelock.sandbox.model.Refusal with S3's code when it is not believed
     */
    Authentication authenticate(RequestHead head);
}
