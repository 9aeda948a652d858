package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.Optional;

/** Tells what happened in one bucket; not safe for threads, the bucket guards it. */
final class Announcer {
    private final String bucket;
    private final String region;
    private final Account owner;
    private final ChangeListener listener;

    Announcer(String bucket, String region, Account owner, ChangeListener listener) {
        this.bucket = bucket;
        this.region = region;
        this.owner = owner;
        this.listener = listener;
    }

    /** Something took place in the order of the key's events. */
    void tell(EventName event, Version version, String sequencer, Actor actor, Instant at) {
        tell(event, version, Optional.of(sequencer), actor, at);
    }

    /** Something changed about a version, which has no place in that order (UG: Event message structure). */
    void tell(EventName event, Version version, Actor actor, Instant at) {
        tell(event, version, Optional.empty(), actor, at);
    }

    private void tell(EventName event, Version version, Optional<String> sequencer, Actor actor, Instant at) {
        var object = !event.removal() && version instanceof StoredVersion stored
                ? Optional.of(stored)
                : Optional.<StoredVersion>empty();
        listener.changed(new Change(
                event,
                region,
                bucket,
                owner,
                version.key(),
                object.map(StoredVersion::size).orElse(0L),
                object.map(StoredVersion::eTag),
                version.isNull() ? Optional.empty() : Optional.of(version.versionId()),
                sequencer,
                actor,
                at,
                event.lifecycle()));
    }
}
