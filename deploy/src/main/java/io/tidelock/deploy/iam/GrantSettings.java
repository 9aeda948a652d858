package io.tidelock.deploy.iam;

import java.util.List;
import java.util.Map;

/**
 * What the configuration does not say and a person may add.
 *
 * @param audience whose calls are to be allowed
 * @param principals who stands behind credentials that name no role: ARNs by the name of a store, or under the empty
 *     name for all
 * @param sourceKeys ARNs of the keys that source versions are encrypted with; where none is of a bucket's region, any
 *     key of its account
 * @param objectLock whether source versions have a retention or a hold
 */
public record GrantSettings(
        Audience audience, Map<String, String> principals, List<String> sourceKeys, boolean objectLock) {
    /** Nothing is added. */
    public static final GrantSettings NONE = new GrantSettings(Audience.TIDELOCK, Map.of(), List.of(), false);

    public GrantSettings {
        principals = Map.copyOf(principals);
        sourceKeys = List.copyOf(sourceKeys);
    }

    /** Whose calls are to be allowed. */
    public enum Audience {
        /** Tidelock's own. */
        TIDELOCK,
        /** Those of S3's own replication, with the role that the rules' document names. */
        S3
    }
}
