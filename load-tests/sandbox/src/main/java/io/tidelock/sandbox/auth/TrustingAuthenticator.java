package io.tidelock.sandbox.auth;

import java.util.OptionalLong;

/** Believes every request to come from one caller and takes bodies as they are: for tests of the wire below signatures. */
public final class TrustingAuthenticator implements Authenticator {
    private final Caller caller;

    public TrustingAuthenticator(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Authentication authenticate(RequestHead head) {
        var length = head.headers().first("content-length");
        return new Authentication(
                caller,
                new PlainPayload(
                        length.isPresent() ? OptionalLong.of(Long.parseLong(length.get())) : OptionalLong.empty()));
    }
}
