package io.tidelock.replicator.rule;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All rules of an installation, and which of them speak about a key. Immutable and thread-safe. */
public final class RuleBook {
    private static final Comparator<ReplicationRule> BY_PRIORITY =
            Comparator.comparingInt(ReplicationRule::priority).reversed();

    private final Map<Bucket, BucketRules> bySource;
    private final Set<Bucket> destinations;
    private final Set<Bucket> unconfigured;

    /** A book of source buckets that all have rules. */
    public RuleBook(Collection<BucketRules> all) {
        this(all, Set.of());
    }

    /**
     * Refuses two entries of one source, and two sources that write the same keys of one destination bucket.
     *
     * @param all one entry a source bucket
     * @param unconfigured the source buckets that were to hold rules of their own and hold none
     */
    public RuleBook(Collection<BucketRules> all, Set<Bucket> unconfigured) {
        var rules = new LinkedHashMap<Bucket, BucketRules>();
        for (var bucketRules : all) {
            if (rules.put(bucketRules.source(), bucketRules) != null) {
                throw new IllegalArgumentException(
                        "replication names the source bucket " + bucketRules.source() + " twice");
            }
        }
        var overlaps = DestinationOverlaps.in(rules.values());
        if (!overlaps.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", overlaps));
        }
        bySource = Map.copyOf(rules);
        this.unconfigured = Set.copyOf(unconfigured);
        destinations = rules.values().stream()
                .flatMap(bucketRules -> bucketRules.rules().stream()
                        .filter(ReplicationRule::enabled)
                        .map(bucketRules::destinationOf))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The buckets that any enabled rule writes. */
    public Set<Bucket> destinations() {
        return destinations;
    }

    /** The buckets that any rule reads. */
    public Set<Bucket> sources() {
        return bySource.keySet();
    }

    /** Whether the bucket was to hold rules of its own, and holds none. */
    public boolean isUnconfigured(Bucket source) {
        return unconfigured.contains(source);
    }

    /** The rules of one source bucket. */
    public Optional<BucketRules> of(Bucket source) {
        return Optional.ofNullable(bySource.get(source));
    }

    /**
     * How enabled rules lead from a replica's key back to its very source key. Which of several rules takes a version may depend
     * on its tags; then changes made on replicas come back only where every one of them wants that.
     */
    public WayBack wayBack(ObjectKey replica, ObjectKey source) {
        return candidates(replica.bucket(), replica.key()).stream()
                .filter(back -> back.replica().equals(source))
                .findFirst()
                .map(back -> back.mayWin().allMatch(ReplicationRule::replicaModifications)
                        ? WayBack.WRITES_AND_MODIFICATIONS
                        : WayBack.WRITES)
                .orElse(WayBack.NONE);
    }

    /**
     * The enabled rules that may apply to a key, one entry a destination bucket (rule 6); empty when none does.
     *
     * @param source the bucket that reported the key
     * @param key decoded
     */
    public List<Candidates> candidates(Bucket source, String key) {
        var bucketRules = bySource.get(source);
        if (bucketRules == null) {
            return List.of();
        }
        var byDestination = new LinkedHashMap<ObjectKey, List<ReplicationRule>>();
        for (var rule : bucketRules.rules()) {
            var keys = bucketRules.keysOf(rule);
            if (rule.enabled() && rule.filter().admits(key) && keys.covers(key)) {
                var replica = new ObjectKey(bucketRules.destinationOf(rule), keys.replicaKey(key));
                byDestination.computeIfAbsent(replica, _ -> new ArrayList<>()).add(rule);
            }
        }
        var candidates = new ArrayList<Candidates>(byDestination.size());
        byDestination.forEach((replica, rules) -> {
            rules.sort(BY_PRIORITY);
            candidates.add(new Candidates(replica, bucketRules.history(), bucketRules.aclOf(rules.getFirst()), rules));
        });
        return List.copyOf(candidates);
    }

    /** The rules that an event leads to: those of its key, and where a job made it only as far as its rule is meant. */
    public List<Candidates> candidates(BucketEvent event) {
        var candidates = candidates(event.object().bucket(), event.object().key());
        var look = event.occurrence().look();
        return look == null
                ? candidates
                : candidates.stream()
                        .flatMap(of -> of.upTo(look.ruleId()).stream())
                        .toList();
    }
}
