package io.tidelock.deploy.service;

import io.tidelock.deploy.config.Replication;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.document.RuleDocument;
import io.tidelock.replicator.rule.document.RuleDocuments;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.StoreException;
import java.util.List;
import java.util.Map;

/** Completes the rules of the configuration with those that source buckets have. Blocks. */
final class Rules {
    private Rules() {}

    /**
     * The rules of every source bucket.
     *
     * @throws IllegalStateException naming the bucket whose rules cannot be read, and the remedy
     */
    static List<BucketRules> of(List<Replication> all, Map<String, ObjectStore> stores) {
        return all.stream()
                .map(replication ->
                        replication.with(replication.rules().orElseGet(() -> fromBucket(replication, stores))))
                .toList();
    }

    private static List<ReplicationRule> fromBucket(Replication replication, Map<String, ObjectStore> stores) {
        var source = replication.source();
        var store = stores.get(source.store());
        if (store == null) {
            throw new IllegalStateException("there is no store " + source.store());
        }
        try {
            var document = store.replicationConfiguration(source)
                    .orElseThrow(() -> new IllegalStateException("the bucket " + source
                            + " has no replication configuration; put one on it, or give the rules in the file"));
            return switch (RuleDocuments.fromXml(document, replication.leniency())) {
                case RuleDocument.Parsed parsed -> parsed.rules();
                case RuleDocument.Refused refused ->
                    throw new IllegalStateException("the replication configuration of the bucket " + source
                            + " cannot be used: " + refused.problems());
            };
        } catch (StoreException e) {
            throw new IllegalStateException(
                    "the replication configuration of the bucket " + source + " cannot be read: " + e.getMessage()
                            + "; tidelock check says what is missing",
                    e);
        }
    }
}
