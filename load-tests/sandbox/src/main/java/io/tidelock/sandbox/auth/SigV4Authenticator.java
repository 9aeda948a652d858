package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.World;

/** Believes what is signed, by Signature Version 4, with a key of the world or of a session. Thread-safe. */
public final class SigV4Authenticator implements Authenticator {
    private final SigV4Verifier verifier;

    public SigV4Authenticator(World world, Sessions sessions) {
        verifier = new SigV4Verifier("s3", new WorldCredentials(world, sessions));
    }

    @Override
    public Authentication authenticate(RequestHead head) {
        return verifier.verify(head)
                .map(verified -> new Authentication(verified.key().caller(), Payloads.of(head, verified)))
                .orElseGet(() -> new Authentication(Caller.ANONYMOUS, Payloads.unsigned(head)));
    }
}
