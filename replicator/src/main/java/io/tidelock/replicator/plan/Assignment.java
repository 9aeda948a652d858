package io.tidelock.replicator.plan;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.Capabilities;

/**
 * One event under one rule: what a plan is asked for.
 *
 * @param replica the key at the destination
 * @param history which versions are kept there
 * @param acl what becomes of ACLs there
 * @param destination what the destination store can do
 * @param ownAccount whether the destination store's credentials are of the account that is to own the replicas
 * @param wayBack how rules lead from the replica back to the source key
 */
public record Assignment(
        BucketEvent event,
        ReplicationRule rule,
        ObjectKey replica,
        History history,
        AclPolicy acl,
        Capabilities destination,
        boolean ownAccount,
        WayBack wayBack) {
    /** Whether both buckets replicate this key to each other. */
    boolean twoWay() {
        return wayBack != WayBack.NONE;
    }

    /** Whether changes made on a replica flow back to where it was made (rule 35): both sides have to want it. */
    boolean modificationsFlowBack() {
        return rule.replicaModifications() && wayBack == WayBack.WRITES_AND_MODIFICATIONS;
    }

    /** Whether a job asked for another rule, which gets what this one does not take. */
    boolean asksAnotherRule() {
        var look = event.occurrence().look();
        return look != null && !look.ruleId().equals(rule.id());
    }

    /** Whether somebody may have written to the replica without having seen what is there. */
    boolean looksForLateWrites() {
        var look = event.occurrence().look();
        return look != null && look.purpose() == Purpose.TAKEOVER;
    }

    ObjectKey source() {
        return event.object();
    }
}
