package io.tidelock.deploy.iam;

import io.tidelock.compliance.iam.Edge;
import io.tidelock.compliance.iam.Edge.Feature;
import io.tidelock.compliance.iam.GrantDocument;
import io.tidelock.compliance.iam.GrantDocument.Kind;
import io.tidelock.compliance.iam.Grants;
import io.tidelock.compliance.iam.Need;
import io.tidelock.compliance.iam.Needs;
import io.tidelock.compliance.iam.Side;
import io.tidelock.compliance.iam.Trust;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.deploy.config.Replication;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.iam.GrantSettings.Audience;
import io.tidelock.deploy.iam.LeastPrivilege.Gap;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.Vendor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Works out what a configuration needs. Reaches nothing; the rules of buckets are handed in. */
public final class LeastPrivileges {
    /** The most characters that a role's inline policies have together. */
    private static final int ROLE_POLICY_CHARACTERS_MAX = 10_240;

    private static final int BUCKET_POLICY_BYTES_MAX = 20_480;

    private final TidelockConfig config;
    private final GrantSettings settings;
    private final Principals principals;
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<Need> needs = new LinkedHashSet<>();
    private final Set<Trust> trusts = new LinkedHashSet<>();

    private LeastPrivileges(TidelockConfig config, GrantSettings settings) {
        this.config = config;
        this.settings = settings;
        this.principals = new Principals(config, settings.principals());
    }

    /**
     * What the configuration needs, or what it leaves open.
     *
     * @param rules of every replication of the configuration, in its order
     */
    public static LeastPrivilege of(TidelockConfig config, List<BucketRules> rules, GrantSettings settings) {
        var all = new LeastPrivileges(config, settings);
        for (int i = 0; i < rules.size(); i++) {
            all.add(config.replication().get(i), rules.get(i));
        }
        return all.result();
    }

    private LeastPrivilege result() {
        if (!gaps.isEmpty()) {
            return new LeastPrivilege.Open(List.copyOf(gaps));
        }
        needs.addAll(Needs.ofAssuming(trusts));
        for (var document : Grants.of(trusts, needs)) {
            tooLong(document).ifPresent(notes::add);
        }
        return new LeastPrivilege.Known(List.copyOf(needs), List.copyOf(trusts), List.copyOf(notes));
    }

    private void add(Replication replication, BucketRules rules) {
        var features = new TreeSet<Feature>();
        if (replication.rules().isEmpty()) {
            features.add(Feature.RULES_FROM_BUCKET);
        }
        if (settings.objectLock()) {
            features.add(Feature.OBJECT_LOCK);
        }
        var source = side(rules.source(), replication);
        var buckets = new LinkedHashSet<Bucket>();
        rules.rules().stream().filter(rule -> rule.enabled()).forEach(rule -> buckets.add(rules.destinationOf(rule)));
        for (var bucket : buckets) {
            var destination = side(bucket, replication);
            if (source.isPresent() && destination.isPresent()) {
                var edges = new Edges(source.get(), sourceKeys(source.get()), features);
                edges.to(destination.get(), rules).forEach(this::add);
            }
        }
    }

    private void add(Edge edge) {
        var alias = edge.replicaKeys().stream()
                .filter(key -> !key.contains(":key/"))
                .findFirst();
        alias.ifPresent(name -> gap(
                "replication",
                "names the key of replicas in " + edge.destination().bucket() + " by its alias, " + name
                        + ", which no policy can name",
                "name it by its ARN in ReplicaKmsKeyID: aws kms describe-key --key-id " + name));
        if (edge.has(Feature.KMS) && edge.sourceKeys().isEmpty()) {
            notes.add("The keys of versions in " + edge.source().bucket()
                    + " are not known here: any key of the account may be used through S3 for this bucket; --source-key"
                    + " narrows that.");
        }
        switch (settings.audience()) {
            case TIDELOCK -> needs.addAll(Needs.ofTidelock(edge));
            case S3 -> {
                needs.addAll(Needs.ofProvider(edge));
                trusts.add(new Trust.OfProvider(
                        edge.source().principal(),
                        edge.source().account(),
                        edge.source().bucketArn()));
            }
        }
    }

    private Optional<Side> side(Bucket bucket, Replication replication) {
        var store = config.stores().get(bucket.store());
        if (store == null) {
            gap("stores", "has no " + bucket.store(), "add it");
            return Optional.empty();
        }
        var account = store.account();
        if (account == null || !Arn.isAccountId(account)) {
            gap(
                    "stores." + store.name() + ".account",
                    account == null ? "is not given" : "is not twelve digits: " + account,
                    "give the account that owns the buckets of the store");
        }
        var principal = principal(store, replication);
        if (account == null || !Arn.isAccountId(account) || principal.isEmpty()) {
            return Optional.empty();
        }
        if (store.vendor() != Vendor.AWS) {
            notes.add("The store " + store.name()
                    + " is not AWS: its server may spell or know actions and conditions otherwise.");
        }
        return Optional.of(new Side(bucket.name(), store.region(), account, principal.get()));
    }

    private Optional<String> principal(S3Settings store, Replication replication) {
        var found = switch (settings.audience()) {
            case TIDELOCK -> principals.behind(store);
            case S3 -> replication.role().map(Set::of).orElseGet(Set::of);
        };
        if (settings.audience() == Audience.TIDELOCK) {
            assumed(store);
        }
        return exactlyOne(found, "stores." + store.name() + ".credentials", store.name());
    }

    private void assumed(S3Settings store) {
        trusts.addAll(principals.trusts(store));
        var first = exactlyOne(principals.first(store.name()), "stores." + store.name() + ".credentials", store.name());
        first.ifPresent(
                arn -> notes.add(
                        "Who may become " + arn
                                + " depends on what Tidelock runs on (EC2, ECS, EKS, keys of a user), so its trust policy is not here."));
    }

    private Optional<String> exactlyOne(Set<String> arns, String setting, String store) {
        if (arns.isEmpty()) {
            gap(
                    settings.audience() == Audience.S3 ? "replication.configuration.Role" : setting,
                    "does not say whom policies have to name",
                    settings.audience() == Audience.S3
                            ? "name the replication role in the rules' document"
                            : "say it with --principal " + store + "=ARN, or name the Role in the rules' document");
            return Optional.empty();
        }
        if (arns.size() > 1) {
            gap(setting, "belong to one of " + new TreeSet<>(arns), "say which with --principal " + store + "=ARN");
            return Optional.empty();
        }
        var arn = arns.iterator().next();
        if (!arn.matches("arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+")) {
            gap(setting, "belong to " + arn + ", which is no role or user", "name the ARN of an IAM role or user");
            return Optional.empty();
        }
        return Optional.of(arn);
    }

    private List<String> sourceKeys(Side source) {
        return settings.sourceKeys().stream()
                .filter(key -> key.split(":", 6)[3].equals(source.region()))
                .toList();
    }

    private static Optional<String> tooLong(GrantDocument document) {
        var length = document.policy().toString().length();
        var max = document.kind() == Kind.BUCKET_POLICY ? BUCKET_POLICY_BYTES_MAX : ROLE_POLICY_CHARACTERS_MAX;
        return document.kind() == Kind.KEY_STATEMENTS || length <= max
                ? Optional.empty()
                : Optional.of(document.title() + " has " + length + " characters; the provider takes " + max
                        + ". Give rules common prefixes, or make managed policies of its statements.");
    }

    private void gap(String setting, String problem, String remedy) {
        gaps.add(new Gap(setting, problem, remedy));
    }
}
