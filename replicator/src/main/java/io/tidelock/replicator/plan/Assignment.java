package io.tidelock.replicator.plan;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.store.Capabilities;

/**
 * One event under one rule: what a plan is asked for.
 *
 * @param replica the key at the destination
 * @param history which versions are kept there
 * @param destination what the destination store can do
 * @param ownAccount whether the destination store's credentials are of the account that is to own the replicas
 * @param twoWay whether rules lead from the destination bucket back to the source bucket
 */
public record Assignment(
        BucketEvent event,
        ReplicationRule rule,
        ObjectKey replica,
        History history,
        Capabilities destination,
        boolean ownAccount,
        boolean twoWay) {
    ObjectKey source() {
        return event.object();
    }
}
