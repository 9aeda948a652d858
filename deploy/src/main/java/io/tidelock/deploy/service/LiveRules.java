package io.tidelock.deploy.service;

import io.tidelock.deploy.config.Replication;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.store.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force. Those that source buckets hold are read again on command: what cannot be read or used leaves the
 * rules of its bucket as they are, and a bucket whose configuration was removed is replicated no more, which fails its
 * events. Thread-safe.
 */
final class LiveRules implements Supplier<RuleBook> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

    private final List<Replication> all;
    private final Map<String, ObjectStore> stores;
    private volatile InForce inForce;

    /**
     * Reads all rules for the first time. Blocks.
     *
     * @throws UnreachableRulesException naming a bucket whose store does not answer, when nothing is wrong with the others
     * @throws RuntimeException naming the bucket whose rules cannot be read or used, and the remedy
     */
    LiveRules(List<Replication> all, Map<String, ObjectStore> stores) {
        this.all = List.copyOf(all);
        this.stores = Map.copyOf(stores);
        var rules = new ArrayList<BucketRules>();
        var unreachable = new ArrayList<UnreachableRulesException>();
        for (var replication : all) {
            try {
                rules.add(Rules.of(replication, stores)
                        .orElseThrow(() -> new IllegalStateException("the bucket " + replication.source()
                                + " has no replication configuration; put one on it, or give the rules in the file")));
            } catch (UnreachableRulesException e) {
                unreachable.add(e);
            }
        }
        if (!unreachable.isEmpty()) {
            throw unreachable.getFirst();
        }
        inForce = new InForce(List.copyOf(rules), new RuleBook(rules));
    }

    private record InForce(List<BucketRules> rules, RuleBook book) {}

    @Override
    public RuleBook get() {
        return inForce.book();
    }

    /** The rules of every source bucket. */
    List<BucketRules> rules() {
        return inForce.rules();
    }

    /** How often buckets want to be asked again; empty when all rules stand in the configuration. */
    Optional<Duration> readEvery() {
        return all.stream()
                .filter(replication -> replication.rules().isEmpty())
                .map(Replication::readEvery)
                .min(Comparator.naturalOrder());
    }

    /** Reads the rules of buckets again; tells whether others are in force now. Blocks. */
    boolean refresh() {
        var taken = new LinkedHashMap<Bucket, BucketRules>();
        inForce.rules().forEach(rules -> taken.put(rules.source(), rules));
        var changed = new ArrayList<BucketRules>();
        for (var replication : all) {
            var former = former(replication);
            var read = again(replication);
            if (read.isEmpty()) {
                taken.remove(replication.source());
            } else if (!read.equals(former)) {
                changed.add(read.get());
            }
        }
        take(changed, taken);
        var rules = all.stream()
                .flatMap(replication -> Optional.ofNullable(taken.get(replication.source())).stream())
                .toList();
        if (rules.equals(inForce.rules())) {
            return false;
        }
        inForce = new InForce(rules, new RuleBook(rules, without(taken.keySet())));
        LOG.atInfo().addKeyValue("buckets", rules.size()).log("Other replication rules are in force now");
        return true;
    }

    private Set<Bucket> without(Set<Bucket> ruled) {
        return all.stream()
                .map(Replication::source)
                .filter(source -> !ruled.contains(source))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What one bucket gives up another one may take at the same time, so whoever did not fit in is tried again after each that did. */
    private static void take(List<BucketRules> changed, Map<Bucket, BucketRules> taken) {
        var refused = new LinkedHashMap<Bucket, String>();
        var left = new ArrayList<>(changed);
        while (left.removeIf(rules -> takes(rules, taken, refused))) {
            refused.clear();
        }
        refused.forEach((bucket, problem) -> LOG.atWarn()
                .addKeyValue("bucket", bucket)
                .addKeyValue("problem", problem)
                .log("The changed replication rules of a bucket do not fit those of the others; its former"
                        + " ones stay in force"));
    }

    private static boolean takes(BucketRules rules, Map<Bucket, BucketRules> taken, Map<Bucket, String> refused) {
        var all = new LinkedHashMap<>(taken);
        all.put(rules.source(), rules);
        try {
            var _ = new RuleBook(List.copyOf(all.values()));
            taken.put(rules.source(), rules);
            return true;
        } catch (IllegalArgumentException e) {
            refused.put(rules.source(), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Optional<BucketRules> again(Replication replication) {
        if (replication.rules().isPresent()) {
            return former(replication);
        }
        try {
            var read = Rules.of(replication, stores);
            if (read.isEmpty() && former(replication).isPresent()) {
                LOG.atWarn()
                        .addKeyValue("bucket", replication.source())
                        .log(
                                "The bucket has no replication configuration any more: it is not replicated, and its events"
                                        + " fail until it has one or is no longer in the configuration file");
            }
            return read;
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("bucket", replication.source())
                    .addKeyValue("problem", e.getMessage())
                    .log(
                            former(replication).isPresent()
                                    ? "The replication configuration of a bucket cannot be used; the former rules stay in force"
                                    : "The replication configuration of a bucket cannot be used: it is not replicated, and its events fail until it can");
            return former(replication);
        }
    }

    private Optional<BucketRules> former(Replication replication) {
        return inForce.book().of(replication.source());
    }
}
