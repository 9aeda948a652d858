package io.tidelock.deploy.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.iam.Comparison;
import io.tidelock.compliance.iam.Comparison.Shortfall;
import io.tidelock.compliance.iam.Excess;
import io.tidelock.compliance.iam.Need;
import io.tidelock.compliance.iam.Need.Where;
import io.tidelock.compliance.iam.Trust;
import io.tidelock.compliance.iam.TrustComparison;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.policy.Truth;
import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.compliance.snapshot.BucketDocument;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.iam.GrantSettings;
import io.tidelock.deploy.iam.LeastPrivilege;
import io.tidelock.deploy.iam.LeastPrivileges;
import io.tidelock.deploy.service.Rules;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.s3.S3Credentials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the policies that are there with those that the configuration needs. Unreadable is unknown, never fine. */
final class PrivilegeChecks {
    private static final String REMEDY = "'tidelock iam' prints what it has to say";

    private static final Collected<Policy> EVERYTHING = PolicyReader.read(everything(), PolicyKind.RESOURCE);

    private final TidelockConfig config;
    private final Map<String, PostureReader> readers;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>();
    private final Map<String, Collected<Policy>> policies = new LinkedHashMap<>();
    private final KeyPolicies keys = new KeyPolicies(this::reader);
    private final List<CheckResult> results = new ArrayList<>();

    private PrivilegeChecks(TidelockConfig config, Map<String, PostureReader> readers) {
        this.config = config;
        this.readers = readers;
    }

    /** One result a document, and more where much is to be said of it. Blocks. */
    static List<CheckResult> of(
            TidelockConfig config, Map<String, ObjectStore> stores, Map<String, PostureReader> readers) {
        List<BucketRules> rules;
        try {
            rules = Rules.ofAll(config.replication(), stores);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return List.of(); // what is wrong with the rules is told where they are checked
        }
        return switch (LeastPrivileges.of(config, rules, GrantSettings.NONE)) {
            case LeastPrivilege.Open(var gaps) ->
                gaps.stream()
                        .map(gap ->
                                CheckResult.unknown("privileges", gap.setting() + " " + gap.problem(), gap.remedy()))
                        .toList();
            case LeastPrivilege.Known known -> new PrivilegeChecks(config, readers).compare(rules, known);
        };
    }

    private List<CheckResult> compare(List<BucketRules> rules, LeastPrivilege.Known known) {
        for (var bucketRules : rules) {
            remember(bucketRules.source());
            bucketRules.rules().forEach(rule -> remember(bucketRules.destinationOf(rule)));
        }
        var trusts = known.trusts().stream()
                .filter(Trust.OfPrincipal.class::isInstance)
                .map(Trust.OfPrincipal.class::cast)
                .toList();
        trusts.forEach(trust -> trust(trust, assumers(trusts, trust.role())));
        known.needs().stream()
                .collect(Collectors.groupingBy(Need::principal, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::principal);
        known.needs().stream()
                .filter(need -> need.where() == Where.DESTINATION_BUCKET
                        || (need.where() == Where.SOURCE_BUCKET && need.foreign()))
                .collect(Collectors.groupingBy(PrivilegeChecks::bucketOf, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::bucket);
        keys.needed(known.needs(), this::encryption).forEach(this::key);
        return results;
    }

    private void remember(Bucket bucket) {
        buckets.putIfAbsent(bucket.name(), bucket);
    }

    private static String bucketOf(Need need) {
        return need.resource().substring(need.resource().lastIndexOf(":::") + 3).split("/", 2)[0];
    }

    private static Set<String> assumers(List<Trust.OfPrincipal> trusts, String role) {
        return trusts.stream()
                .filter(trust -> trust.role().equals(role))
                .map(Trust.OfPrincipal::assumer)
                .collect(Collectors.toSet());
    }

    private void trust(Trust.OfPrincipal trust, Set<String> assumers) {
        var subject = "trust of the role " + trust.role();
        var found = reader(trust.role())
                .map(reader -> reader.trust(trust.role()))
                .orElseGet(Collected.NotCollected::new)
                .then(node -> PolicyReader.read(node, PolicyKind.TRUST));
        switch (found) {
            case Collected.Known<Policy>(var policy) -> {
                var compared = TrustComparison.of(policy, trust, assumers);
                if (compared.trusted() == Truth.FALSE) {
                    results.add(CheckResult.missing(subject, "does not let " + trust.assumer() + " assume it", REMEDY));
                } else if (compared.trusted() == Truth.UNKNOWN) {
                    results.add(CheckResult.unknown(
                            subject, "may let " + trust.assumer() + " assume it, under a condition", REMEDY));
                }
                excess(subject, compared.excess());
                fine(
                        subject,
                        compared.trusted() == Truth.TRUE && compared.excess().isEmpty());
            }
            case Collected.NotConfigured<Policy> _, Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ ->
                unreadable(subject, found, "iam:GetRole");
        }
    }

    private void principal(String arn, List<Need> needs) {
        var subject = "permissions of " + arn;
        var own = reader(arn)
                .filter(_ -> arn.contains(":role/"))
                .map(reader -> reader.permissions(arn))
                .orElseGet(Collected.NotCollected::new)
                .then(node -> PolicyReader.read(node, PolicyKind.IDENTITY));
        if (!(own instanceof Collected.Known<Policy>(var policy))) {
            unreadable(
                    subject,
                    own,
                    "iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy and"
                            + " iam:GetPolicyVersion");
            return;
        }
        var shortfalls = new ArrayList<Shortfall>();
        needs.forEach(need -> shortfalls.addAll(
                need.ofKey()
                        ? keys.ofPrincipal(need, own)
                        : Comparison.shortfalls(List.of(need), own, ofResource(need))));
        shortfalls(subject, shortfalls);
        var excess = Excess.ofPermissions(policy, needs);
        excess(subject, excess);
        fine(subject, shortfalls.isEmpty() && excess.isEmpty());
    }

    private void bucket(String name, List<Need> needs) {
        var subject = "policy of the bucket " + buckets.get(name);
        switch (policy(name)) {
            case Collected.Known<Policy>(var policy) -> {
                var excess = Excess.ofResourcePolicy(policy, needs);
                excess(subject, excess);
                // what it lacks is told of the principal, whose rights it makes together with its own policy
                fine(subject, excess.isEmpty());
            }
            case Collected.NotConfigured<Policy> _ -> {
                if (needs.stream().anyMatch(Need::foreign)) {
                    results.add(
                            CheckResult.missing(subject, "there is none, and another account is to use it", REMEDY));
                } else {
                    results.add(CheckResult.ok(subject, "there is none; roles of the account itself need none"));
                }
            }
            case Collected.NotCollected<Policy> unread -> unreadable(subject, unread, "s3:GetBucketPolicy");
            case Collected.Unavailable<Policy> unread -> unreadable(subject, unread, "s3:GetBucketPolicy");
        }
    }

    private void key(String arn, List<Need> needs) {
        var subject = "policy of the key " + arn;
        var found = keys.of(arn);
        if (!(found instanceof Collected.Known<Policy>(var policy))) {
            unreadable(subject, found, "kms:GetKeyPolicy");
            return;
        }
        var shortfalls = Comparison.ofKeyPolicy(needs, found);
        shortfalls.stream()
                .collect(Collectors.groupingBy(
                        shortfall -> new Lack(shortfall.need().principal(), shortfall.missing(), shortfall.why()),
                        LinkedHashMap::new,
                        Collectors.mapping(shortfall -> shortfall.need().action(), Collectors.joining(", "))))
                .forEach((lack, actions) -> results.add(
                        lack.missing()
                                ? CheckResult.missing(
                                        subject,
                                        "does not let " + lack.principal() + " " + actions + " (" + lack.why()
                                                + "), unless a grant does",
                                        REMEDY)
                                : CheckResult.unknown(
                                        subject,
                                        "may or may not let " + lack.principal() + " " + actions + ": " + lack.why(),
                                        REMEDY)));
        var excess = Excess.ofKeyPolicy(policy, arn, needs);
        excess(subject, excess);
        fine(subject, shortfalls.isEmpty() && excess.isEmpty());
    }

    private Collected<JsonNode> encryption(String bucketName) {
        var bucket = buckets.get(bucketName);
        var reader = bucket == null ? null : readers.get(bucket.store());
        return reader == null ? new Collected.NotCollected<>() : reader.document(bucketName, BucketDocument.ENCRYPTION);
    }

    /** Trusts are told by themselves; of keys the policies are. */
    private Collected<Policy> ofResource(Need need) {
        return switch (need.where()) {
            case SOURCE_BUCKET, DESTINATION_BUCKET -> policy(bucketOf(need));
            case SOURCE_KEY, REPLICA_KEY, ROLE -> EVERYTHING;
        };
    }

    private Collected<Policy> policy(String bucketName) {
        return policies.computeIfAbsent(bucketName, name -> {
            var bucket = buckets.get(name);
            var reader = bucket == null ? null : readers.get(bucket.store());
            return reader == null
                    ? new Collected.NotCollected<>()
                    : reader.document(name, BucketDocument.POLICY)
                            .then(node -> PolicyReader.read(node, PolicyKind.RESOURCE));
        });
    }

    /** A store whose credentials are of the account that the ARN names, in the ARN's region where there is one. */
    private Optional<PostureReader> reader(String arn) {
        return config.stores().values().stream()
                .filter(store -> store.credentials() instanceof S3Credentials.AssumeRole role
                        ? Trust.accountOf(role.roleArn()).equals(Trust.accountOf(arn))
                        : Trust.accountOf(arn).equals(store.account()))
                .sorted(Comparator.comparing(store -> !arn.split(":", 6)[3].equals(store.region())))
                .map(store -> readers.get(store.name()))
                .findFirst();
    }

    private void shortfalls(String subject, List<Shortfall> shortfalls) {
        for (var missing : List.of(true, false)) {
            var actions = new LinkedHashMap<String, LinkedHashSet<String>>();
            for (var shortfall : shortfalls) {
                if (shortfall.missing() == missing) {
                    actions.computeIfAbsent(
                                    "on " + shortfall.need().resource() + ": " + shortfall.why(),
                                    _ -> new LinkedHashSet<>())
                            .add(shortfall.need().action());
                }
            }
            actions.forEach((where, its) -> {
                var text = String.join(", ", its) + " " + where;
                results.add(
                        missing
                                ? CheckResult.missing(subject, "may not " + text, REMEDY)
                                : CheckResult.unknown(subject, "may or may not " + text, REMEDY));
            });
        }
    }

    private void excess(String subject, List<Excess> excess) {
        excess.forEach(one -> results.add(CheckResult.tooWide(subject, one.statement() + " " + one.what(), REMEDY)));
    }

    private void fine(String subject, boolean fine) {
        if (fine) {
            results.add(CheckResult.ok(subject, "allows what is needed, and nothing else"));
        }
    }

    private void unreadable(String subject, Collected<Policy> unread, String permission) {
        results.add(CheckResult.unknown(
                subject,
                unread.uncertainty("it"),
                "grant " + permission + ", or compare it with 'tidelock iam' yourself"));
    }

    /** What one principal lacks, and for what reason. */
    private record Lack(String principal, boolean missing, String why) {}

    private static JsonNode everything() {
        var document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        document.putArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Principal", "*")
                .put("Action", "*")
                .put("Resource", "*");
        return document;
    }
}
