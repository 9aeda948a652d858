package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The keys that the tests of signatures know. */
final class KnownKeys implements SigV4Verifier.Credentials {
    static final String ID = "AKIATEST";
    static final String SECRET = "secret+of/the=user";
    static final String TEMPORARY_ID = "ASIATEST";
    static final String TOKEN = "token/with+signs==";
    static final Instant EXPIRES = SdkSigned.NOW.plusSeconds(600);

    private final Map<String, Credential> known = Map.of(
            ID, new Credential(ID, SECRET, Caller.ANONYMOUS, null),
            TEMPORARY_ID,
                    new Credential(TEMPORARY_ID, SECRET, Caller.ANONYMOUS, new Credential.Session(TOKEN, EXPIRES)));

    @Override
    public Optional<Credential> find(String accessKeyId) {
        return Optional.ofNullable(known.get(accessKeyId));
    }

    /** The refusal of a call that has to be refused with this code. */
    static Refusal refusal(ErrorCode code, ThrowingCallable call) {
        var refusal = Assertions.catchThrowableOfType(Refusal.class, call);
        Assertions.assertThat(refusal).as("a refusal").isNotNull();
        Assertions.assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }
}
