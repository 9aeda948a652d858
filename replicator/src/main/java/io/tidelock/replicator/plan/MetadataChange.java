package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import java.time.Instant;
import java.util.Map;

/** Something about one existing replica that is not its bytes, and what it is to become (rule 34). */
public sealed interface MetadataChange {
    ObjectVersion replica();

    /** All its tags. */
    record Tags(ObjectVersion replica, Map<String, String> tags) implements MetadataChange {
        public Tags {
            tags = Map.copyOf(tags);
        }
    }

    /** Its ACL. */
    record Acl(ObjectVersion replica, AclWrite acl) implements MetadataChange {}

    /** Its retention, which only ever grows. */
    record Retention(ObjectVersion replica, String mode, Instant until) implements MetadataChange {}

    /** A retention in GOVERNANCE that becomes one in COMPLIANCE and ends no earlier, which S3 does with a bypass only. */
    record Hardening(ObjectVersion replica, Instant until) implements MetadataChange {}

    /** A legal hold that it gets; none is ever taken from it. */
    record LegalHold(ObjectVersion replica) implements MetadataChange {}
}
