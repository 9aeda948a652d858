package io.tidelock.scenarios.service;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.verify.ReplicaPolicy;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.util.Optional;
import java.util.Set;

/** What replicas in {@link TwoRegions} must look like under the rule of {@link ServiceSetup}. */
public final class TwoRegionsPolicy {
    private static final String ORIGIN_MARK = "tidelock-origin";

    private TwoRegionsPolicy() {}

    public static ReplicaPolicy of(Sandbox sandbox, History history) {
        return new ReplicaPolicy(
                sandbox.account(TwoRegions.DESTINATION_ACCOUNT).canonicalId(),
                TwoRegions.DESTINATION_KEY_ARN,
                "AES256",
                Optional.empty(),
                true,
                Set.of(ORIGIN_MARK),
                history);
    }
}
