package io.tidelock.deploy.config;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.document.Leniency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The replication of one source bucket, whose rules may still have to be read from the bucket itself.
 *
 * @param rules as the configuration has them, or empty when the source bucket has them
 * @param places where the bucket of each rule's destination lives, by bucket name
 */
public record Replication(
        Bucket source,
        Optional<List<ReplicationRule>> rules,
        Map<String, BucketRules.Place> places,
        BucketRules.History history,
        Leniency leniency) {
    public Replication {
        rules = rules.map(List::copyOf);
        places = Map.copyOf(places);
    }

    /** The whole, with rules from wherever they come; refuses rules whose destination has no place. */
    public BucketRules with(List<ReplicationRule> found) {
        return new BucketRules(source, found, places, history);
    }
}
