package io.tidelock.compliance.control;

import io.tidelock.compliance.policy.PresignedUrls;
import io.tidelock.compliance.snapshot.Settings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an installation demands beyond a control's own question, by the names of its settings. */
record Demands(Settings settings) {
    /** Longest life of a presigned URL in milliseconds; at most one less than the seven days that it has anyway. */
    long maxSignatureAgeMs() {
        OptionalLong asked = settings.number("maxSignatureAgeMs");
        long most = PresignedUrls.LIFETIME_MAX_MS - 1;
        return asked.isPresent() ? Math.clamp(asked.getAsLong(), 0L, most) : most;
    }

    /** GOVERNANCE or COMPLIANCE as the mode of the default retention. */
    Optional<String> objectLockMode() {
        return settings.text("objectLockMode");
    }

    /** Shortest default retention, in days. */
    OptionalLong objectLockMinDays() {
        return settings.number("objectLockMinDays");
    }

    /** ARNs of the only keys that may encrypt; empty for any. */
    List<String> kmsKeys() {
        return settings.texts("kmsKeys");
    }

    /** Tags that every bucket must carry; empty for any one tag. */
    List<String> requiredTags() {
        return settings.texts("requiredTags");
    }

    /** Whether replicas must lie in another account. */
    boolean otherAccount() {
        return settings.demanded("otherAccount");
    }

    /** Whether replicas must lie in another region. */
    boolean otherRegion() {
        return settings.demanded("otherRegion");
    }

    /** Whether replicas are expected to be replicated onward. */
    boolean replicaOfReplica() {
        return settings.demanded("replicaOfReplica");
    }
}
