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
import java.util.Optional;

/** Completes the rules of the configuration with those that a source bucket has. Blocks. */
public final class Rules {
    private Rules() {}

    /**
     * The rules of every source bucket, as they are now.
     *
     * @throws IllegalStateException naming the bucket that has none, or whose rules cannot be read, and the remedy
     */
    public static List<BucketRules> ofAll(List<Replication> all, Map<String, ObjectStore> stores) {
        return all.stream()
                .map(replication -> of(replication, stores)
                        .orElseThrow(() -> new IllegalStateException("the bucket " + replication.source()
                                + " has no replication configuration; put one on it, or give the rules in the file")))
                .toList();
    }

    /**
     * The rules of one source bucket; empty when they are to be read from it and it has none.
     *
     * @throws IllegalStateException naming the bucket whose rules cannot be read, and the remedy
     */
    static Optional<BucketRules> of(Replication replication, Map<String, ObjectStore> stores) {
        return replication.rules().or(() -> fromBucket(replication, stores)).map(replication::with);
    }

    private static Optional<List<ReplicationRule>> fromBucket(
            Replication replication, Map<String, ObjectStore> stores) {
        var source = replication.source();
        var store = stores.get(source.store());
        if (store == null) {
            throw new IllegalStateException("there is no store " + source.store());
        }
        try {
            return store.replicationConfiguration(source).map(document -> parse(document, replication));
        } catch (StoreException e) {
            if (e.failure().retryable()) {
                throw new UnreachableRulesException(
                        "the replication configuration of the bucket " + source + " cannot be read now: "
                                + e.getMessage(),
                        e);
            }
            throw new IllegalStateException(
                    "the replication configuration of the bucket " + source + " cannot be read: " + e.getMessage()
                            + "; tidelock check says what is missing",
                    e);
        }
    }

    private static List<ReplicationRule> parse(String document, Replication replication) {
        return switch (RuleDocuments.fromXml(document, replication.leniency())) {
            case RuleDocument.Parsed parsed -> parsed.rules();
            case RuleDocument.Refused refused ->
                throw new IllegalStateException("the replication configuration of the bucket " + replication.source()
                        + " cannot be used: " + refused.problems());
        };
    }
}
