package io.tidelock.replicator.rule;

import io.tidelock.domain.Bucket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The replication configuration of one source bucket, with what Tidelock adds to S3's document.
 *
 * @param source the bucket whose versions are replicated
 * @param rules as the document has them; 1 to 1,000, with unique ids
 * @param places where the bucket of each rule's destination lives and how keys are spelled there, by bucket name
 * @param history which versions become versions at the destination
 */
public record BucketRules(Bucket source, List<ReplicationRule> rules, Map<String, Place> places, History history) {
    /** Most rules that one configuration may have (rule 4). */
    public static final int RULES_MAX = 1_000;

    public BucketRules {
        rules = List.copyOf(rules);
        places = Map.copyOf(places);
        if (rules.isEmpty() || rules.size() > RULES_MAX) {
            throw new IllegalArgumentException(
                    "replication of " + source + " needs 1 to " + RULES_MAX + " rules, had " + rules.size());
        }
        var ids = new HashSet<String>();
        for (var rule : rules) {
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException(
                        "replication of " + source + " has two rules with ID \"" + rule.id() + "\"");
            }
            var bucket = rule.destination().bucket();
            var place = places.get(bucket);
            if (place == null) {
                throw new IllegalArgumentException("replication of " + source + ", rule \"" + rule.id()
                        + "\": destinations does not say which store holds bucket \"" + bucket + "\"");
            }
            if (new Bucket(place.store(), bucket).equals(source)) {
                throw new IllegalArgumentException("replication of " + source + ", rule \"" + rule.id()
                        + "\": the destination bucket is the source bucket");
            }
        }
    }

    /** The bucket that a rule writes to. */
    public Bucket destinationOf(ReplicationRule rule) {
        return new Bucket(place(rule).store(), rule.destination().bucket());
    }

    /** How a rule spells keys at its destination. */
    public KeyMapping keysOf(ReplicationRule rule) {
        return place(rule).keys();
    }

    /** What becomes of ACLs at a rule's destination. */
    public AclPolicy aclOf(ReplicationRule rule) {
        return place(rule).acl();
    }

    private Place place(ReplicationRule rule) {
        var place = places.get(rule.destination().bucket());
        if (place == null) {
            throw new IllegalArgumentException("rule \"" + rule.id() + "\" is not one of " + source);
        }
        return place;
    }

    /**
     * Where a destination bucket lives.
     *
     * @param store the configured store that holds it
     * @param keys how keys are spelled there
     * @param acl what becomes of ACLs there
     */
    public record Place(String store, KeyMapping keys, AclPolicy acl) {
        /** In that store, with the source's own keys. */
        public static Place in(String store) {
            return new Place(store, KeyMapping.IDENTITY, AclPolicy.COPY);
        }
    }

    /** Which versions become versions at the destination (promise P2). */
    public enum History {
        /** All that still existed when their turn came, restacked when one comes late. */
        FULL,
        /** Only those that are newest when they arrive. */
        CURRENT
    }
}
