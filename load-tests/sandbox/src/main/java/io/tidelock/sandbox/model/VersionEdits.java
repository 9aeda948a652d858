package io.tidelock.sandbox.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes what can be changed about a version that is there, and tells of it; not safe for threads, the bucket guards it. */
final class VersionEdits {
    private final KeySpace keys;
    private final Announcer announcer;

    VersionEdits(KeySpace keys, Announcer announcer) {
        this.keys = keys;
        this.announcer = announcer;
    }

    /** Puts something else in the place of a version that is still there, and tells what was there before. */
    StoredVersion change(StoredVersion version, UnaryOperator<StoredVersion> change) {
        var chain = keys.chain(version.key()).orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_KEY));
        if (chain.find(version.versionId()).orElse(null) instanceof StoredVersion stored) {
            chain.replace(change.apply(stored));
            return stored;
        }
        throw new Refusal(ErrorCode.NO_SUCH_VERSION);
    }

    void setTags(StoredVersion version, Map<String, String> tags, Actor actor, Instant now) {
        change(version, stored -> stored.withTags(tags));
        var event = tags.isEmpty() ? EventName.OBJECT_TAGGING_DELETE : EventName.OBJECT_TAGGING_PUT;
        announcer.tell(event, version, actor, now);
    }

    void setGrants(StoredVersion version, List<Grant> grants, Actor actor, Instant now) {
        var before = change(version, stored -> stored.withGrants(grants));
        if (!before.grants().equals(grants)) {
            announcer.tell(EventName.OBJECT_ACL_PUT, version, actor, now);
        }
    }

    void setRetention(
            StoredVersion version, Optional<Retention> retention, boolean bypassGovernance, Actor actor, Instant now) {
        change(
                version,
                stored -> stored.withLock(stored.attributes().lock().withRetention(retention, now, bypassGovernance)));
        announcer.tell(EventName.RETENTION_PUT, version, actor, now);
    }

    void setLegalHold(StoredVersion version, boolean on, Actor actor, Instant now) {
        change(version, stored -> stored.withLock(stored.attributes().lock().withLegalHold(on)));
        announcer.tell(EventName.LEGAL_HOLD_PUT, version, actor, now);
    }
}
