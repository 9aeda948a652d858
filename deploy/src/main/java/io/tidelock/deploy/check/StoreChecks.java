package io.tidelock.deploy.check;

import io.tidelock.deploy.config.Replication;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.Encryption;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.KeyMapping;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.document.RuleDocument;
import io.tidelock.replicator.rule.document.RuleDocuments;
import io.tidelock.replicator.store.BucketCheck;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Looks at every bucket, key and role that replication needs, through the stores as they are configured. */
final class StoreChecks {
    private final Map<String, ObjectStore> stores;

    /** @param stores by the name that the configuration gives them; stay open */
    StoreChecks(Map<String, ObjectStore> stores) {
        this.stores = Map.copyOf(stores);
    }

    /** One task a bucket of a replication; tasks block, and may run side by side. */
    List<Callable<List<CheckResult>>> of(Replication replication) {
        var tasks = new ArrayList<Callable<List<CheckResult>>>();
        var source = replication.source();
        var prefix = replication.rules().map(StoreChecks::prefix).orElse("");
        tasks.add(() -> results("source bucket " + source, new BucketCheck(store(source), prefix).source(source)));
        if (replication.rules().isPresent()) {
            tasks.addAll(destinations(replication.with(replication.rules().get())));
        } else {
            tasks.add(() -> fromBucket(replication));
        }
        return tasks;
    }

    /** Rules that only the source bucket has: reads them, then looks where they lead. */
    private List<CheckResult> fromBucket(Replication replication) throws Exception {
        var subject = "rules of bucket " + replication.source();
        try {
            var document = store(replication.source()).replicationConfiguration(replication.source());
            if (document.isEmpty()) {
                return List.of(CheckResult.missing(
                        subject,
                        "the bucket has no replication configuration",
                        "put one on the bucket, or give the rules in the file"));
            }
            return switch (RuleDocuments.fromXml(document.get(), replication.leniency())) {
                case RuleDocument.Refused refused ->
                    refused.problems().stream()
                            .map(problem -> CheckResult.missing(
                                    subject, problem.toString(), "correct the bucket's replication configuration"))
                            .toList();
                case RuleDocument.Parsed parsed -> {
                    var results = new ArrayList<CheckResult>();
                    for (var task : destinations(replication.with(parsed.rules()))) {
                        results.addAll(task.call());
                    }
                    yield results;
                }
            };
        } catch (StoreException e) {
            return List.of(CheckResult.missing(
                    subject, String.valueOf(e.getMessage()), "grant s3:GetReplicationConfiguration"));
        } catch (IllegalArgumentException e) {
            return List.of(CheckResult.missing(
                    subject, String.valueOf(e.getMessage()), "name the bucket's store in destinations"));
        }
    }

    private List<Callable<List<CheckResult>>> destinations(BucketRules rules) {
        var writes = new LinkedHashMap<Bucket, Map<Write, String>>();
        for (var rule : rules.rules()) {
            if (rule.enabled()) {
                writes.computeIfAbsent(rules.destinationOf(rule), _ -> new LinkedHashMap<>())
                        .putIfAbsent(Write.by(rule), replicaPrefix(rule, rules.keysOf(rule)));
            }
        }
        var tasks = new ArrayList<Callable<List<CheckResult>>>();
        writes.forEach((bucket, ways) -> tasks.add(() -> destination(bucket, ways)));
        return tasks;
    }

    /** What the keys of an enabled rule begin with. */
    private static String prefix(List<ReplicationRule> rules) {
        return rules.stream()
                .filter(ReplicationRule::enabled)
                .findFirst()
                .map(rule -> rule.filter().prefix())
                .orElse("");
    }

    private static String replicaPrefix(ReplicationRule rule, KeyMapping keys) {
        var prefix = rule.filter().prefix();
        return prefix.startsWith(keys.from())
                ? keys.to() + prefix.substring(keys.from().length())
                : keys.to();
    }

    private List<CheckResult> destination(Bucket bucket, Map<Write, String> ways) {
        var problems = new LinkedHashSet<StoreProblem>();
        ways.forEach((way, prefix) -> problems.addAll(new BucketCheck(store(bucket), prefix)
                .destination(bucket, way.encryption(), way.storageClass(), null)));
        return results("destination bucket " + bucket, problems);
    }

    private static List<CheckResult> results(String subject, Iterable<StoreProblem> problems) {
        var results = new ArrayList<CheckResult>();
        problems.forEach(problem -> results.add(CheckResult.of(subject, problem)));
        if (results.isEmpty()) {
            results.add(CheckResult.ok(subject, "versioned, and all that is needed is allowed"));
        }
        return results;
    }

    private ObjectStore store(Bucket bucket) {
        var store = stores.get(bucket.store());
        if (store == null) {
            throw new IllegalArgumentException("there is no store " + bucket.store());
        }
        return store;
    }

    /** One way in which rules write to a bucket. */
    private record Write(Encryption encryption, @Nullable String storageClass) {
        static Write by(ReplicationRule rule) {
            var key = rule.destination().replicaKmsKeyId();
            return new Write(
                    key == null
                            ? new Encryption.None()
                            : new Encryption.SseKms(
                                    key, false, false, rule.destination().encryptionContext()),
                    rule.destination().storageClass());
        }
    }
}
