package io.tidelock.sandbox.event;

import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Actor;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.EventName;
import java.time.Instant;
import java.util.Optional;

/** Changes as a bucket reports them. */
final class Changes {
    static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");

    private static final Account OWNER = Account.of("111122223333", "paris");
    private static final Actor WRITER =
            new Actor("111122223333", OWNER.canonicalId(), "AWS:AIDAWRITER", "192.0.2.7", "REQ1");

    private Changes() {}

    static Change put(String bucket, String key) {
        return new Change(
                EventName.OBJECT_CREATED_PUT,
                "eu-west-3",
                bucket,
                OWNER,
                key,
                1024,
                Optional.of("d41d8cd98f00b204e9800998ecf8427e"),
                Optional.of("v1"),
                Optional.of("0055AED6DCD90281E5"),
                WRITER,
                AT,
                false);
    }

    static Change bare(EventName name, boolean lifecycle) {
        return new Change(
                name,
                "eu-west-3",
                "photos",
                OWNER,
                "k",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                WRITER,
                AT,
                lifecycle);
    }
}
