package io.tidelock.deploy.config;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.budget.BudgetSettings;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.document.Leniency;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The replication of one source bucket, whose rules may still have to be read from the bucket itself.
 *
 * @param role the role that the configuration's document names, where it does
 * @param rules as the configuration has them, or empty when the source bucket has them
 * @param places where the bucket of each rule's destination lives, by bucket name
 * @param sites what is known of the stores of those places, by name
 * @param readEvery how often rules that the source bucket has are read again; 10 seconds to 1 day
 * @param budgets what rules may cost, by their ids
 * @param ownersAlwaysVerified destination buckets where the owner of each replica is verified
 * @param encryptionContexts pairs added to the encryption context of replicas, by destination bucket
 */
public record Replication(
        Bucket source,
        Optional<String> role,
        Optional<List<ReplicationRule>> rules,
        Map<String, BucketRules.Place> places,
        Map<String, Site> sites,
        BucketRules.History history,
        Leniency leniency,
        Duration readEvery,
        Map<String, BudgetSettings> budgets,
        Set<String> ownersAlwaysVerified,
        Map<String, SortedMap<String, String>> encryptionContexts) {
    /** The shortest time between two readings of rules that a bucket holds. */
    static final Duration READ_EVERY_MIN = Duration.ofSeconds(10);

    /** The longest time between two readings. */
    static final Duration READ_EVERY_MAX = Duration.ofDays(1);

    public Replication {
        if (readEvery.compareTo(READ_EVERY_MIN) < 0 || readEvery.compareTo(READ_EVERY_MAX) > 0) {
            throw new IllegalArgumentException("replication.readEvery must be between " + READ_EVERY_MIN + " and "
                    + READ_EVERY_MAX + ", was " + readEvery);
        }
        rules = rules.map(List::copyOf);
        places = Map.copyOf(places);
        sites = Map.copyOf(sites);
        budgets = Map.copyOf(budgets);
        ownersAlwaysVerified = Set.copyOf(ownersAlwaysVerified);
        encryptionContexts = Map.copyOf(encryptionContexts);
    }

    /** The whole, with rules from wherever they come; refuses rules whose destination has no place, or is a store that they do not fit. */
    public BucketRules with(List<ReplicationRule> found) {
        var misfits = found.stream().flatMap(rule -> misfits(rule).stream()).toList();
        if (!misfits.isEmpty()) {
            throw new IllegalArgumentException("of the rules of the bucket " + source + " "
                    + misfits.stream().map(Site.Misfit::toString).collect(Collectors.joining("; and ")));
        }
        var complete = found.stream()
                .map(rule -> rule.to(complete(rule.destination())))
                .toList();
        return new BucketRules(source, complete, places, history);
    }

    private List<Site.Misfit> misfits(ReplicationRule rule) {
        var place = places.get(rule.destination().bucket());
        var site = place == null ? null : sites.get(place.store());
        return site == null ? List.of() : site.misfits(rule);
    }

    private RuleDestination complete(RuleDestination destination) {
        var bucket = destination.bucket();
        var with = destination.with(encryptionContexts.getOrDefault(bucket, Collections.emptySortedMap()));
        return ownersAlwaysVerified.contains(bucket) ? with.withOwnersVerified() : with;
    }
}
