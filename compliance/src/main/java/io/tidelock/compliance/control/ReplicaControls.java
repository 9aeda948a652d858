package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.CRITICAL;
import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.access.BlockPublicAccess;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.access.Ownership;
import io.tidelock.compliance.control.Replication.Destination;
import io.tidelock.compliance.control.Replication.Finding;
import io.tidelock.compliance.control.Replication.Owner;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Truth;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Whether a replica is kept at least as well as its source (R14 to R30). */
final class ReplicaControls {
    private static final String PUT =
            "aws s3api put-bucket-replication --bucket BUCKET --replication-configuration file://replication.json";

    private ReplicaControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("r14-replica-more-public", CRITICAL, "No replica is public where its source is not")
                        .because("A secret is as secret as its most public copy.")
                        .remedy(
                                "aws s3api put-public-access-block --bucket DESTINATION --public-access-block-configuration"
                                        + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true")
                        .judge(evidence -> Replication.each(evidence, one -> morePublic(evidence, one))),
                Control.of("r15-replica-policy-broader", HIGH, "No replica's policy gives more than its source's")
                        .because("Whoever may read the copy may read the original's content.")
                        .remedy(
                                "aws s3api put-bucket-policy --bucket DESTINATION --policy file://destination-policy.json")
                        .judge(evidence -> Replication.each(evidence, one -> BroaderPolicy.judge(evidence, one))),
                Control.of("r17-destination-expires-earlier", HIGH, "No destination removes versions before its source")
                        .because("A copy that is gone first is no copy.")
                        .remedy("aws s3api put-bucket-lifecycle-configuration --bucket DESTINATION"
                                + " --lifecycle-configuration file://lifecycle.json")
                        .judge(evidence -> Replication.each(evidence, one -> expires(evidence, one))),
                Control.of("r23-coverage", MEDIUM, "The rules cover the whole bucket")
                        .because("What no rule selects has no copy, and nobody notices until it is needed.")
                        .remedy(PUT)
                        .judge(ReplicaControls::coverage),
                Control.of("r25-chain", MEDIUM, "Nobody waits for replicas of replicas")
                        .because("S3 does not replicate a replica onward; the end of a chain stays empty.")
                        .remedy(PUT)
                        .judge(ReplicaControls::chain),
                Control.of("r26-isolation", HIGH, "Replicas lie in another account or region where that is demanded")
                        .because("An intruder holds an account, an accident a region.")
                        .remedy(PUT)
                        .judge(ReplicaControls::isolation),
                Control.of("r27-untrusted-destination", CRITICAL, "Every destination belongs to somebody trusted")
                        .because("One rule carries every new object out of the company.")
                        .remedy(PUT)
                        .judge(evidence -> Replication.each(evidence, one -> trusted(evidence, one))),
                Control.of("r28-destination-observability", LOW, "Every destination is logged or notifies")
                        .because("A copy that nobody watches is where an intruder reads in peace.")
                        .remedy(
                                "aws s3api put-bucket-logging --bucket DESTINATION --bucket-logging-status file://logging.json")
                        .judge(evidence -> Replication.each(evidence, ReplicaControls::observed)),
                Control.of("r30-reads-after-failure", HIGH, "Every destination is closed as tightly as its source")
                        .because("After a failure the replica is the bucket that everybody uses.")
                        .remedy(
                                "aws s3api put-public-access-block --bucket DESTINATION --public-access-block-configuration"
                                        + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true")
                        .judge(evidence -> Replication.each(evidence, one -> asStrict(evidence, one))));
    }

    /**
     * The blocks above a destination. The account's counts where both are in one account; a snapshot has no place for the
     * block of another account, so such a destination is judged by its own.
     */
    private static EffectiveBlock block(Evidence evidence, Destination one, BucketEvidence bucket) {
        Collected<BlockPublicAccess> account = switch (one.owner()) {
            case SAME -> evidence.accountBlock();
            case OTHER -> new Collected.NotConfigured<>();
            case UNKNOWN ->
                evidence.accountBlock()
                                .known()
                                .filter(block -> !block.on().isEmpty())
                                .isPresent()
                        ? new Collected.NotCollected<>()
                        : new Collected.NotConfigured<>();
        };
        return new EffectiveBlock(new Collected.NotConfigured<>(), account, bucket.block());
    }

    private static Finding morePublic(Evidence evidence, Destination one) {
        return Replication.collected(one, bucket -> {
            var replica = Publicity.of(bucket, block(evidence, one, bucket));
            var source = Publicity.of(evidence.theBucket(), evidence.effectiveBlock());
            return switch (replica.isPublic().and(source.isPublic().not())) {
                case TRUE -> new Finding.Bad(one.label() + ": " + String.join("; ", replica.lines()));
                case FALSE -> new Finding.Fine(one.label() + ": the destination is no more public than the source");
                case UNKNOWN ->
                    new Finding.Unclear(one.label() + ": "
                            + (replica.isPublic() == Truth.UNKNOWN ? replica : source).uncertainty());
            };
        });
    }

    private static Finding expires(Evidence evidence, Destination one) {
        var never = new Finding.Fine(one.label() + ": the destination removes nothing by lifecycle");
        return Replication.collected(
                one,
                bucket ->
                        Replication.known(one, bucket.document(BucketDocument.LIFECYCLE), "lifecycle", never, node -> {
                            var theirs = LifecycleRules.of(node);
                            if (theirs.expiresCurrentAfterDays().isEmpty()
                                    && theirs.expiresPreviousAfterDays().isEmpty()) {
                                return never;
                            }
                            Collected<JsonNode> source = evidence.theBucket().document(BucketDocument.LIFECYCLE);
                            if (!source.certain()) {
                                return new Finding.Unclear(
                                        one.label() + ": " + source.uncertainty("the source's lifecycle"));
                            }
                            var ours = source.known()
                                    .map(LifecycleRules::of)
                                    .orElseGet(() -> new LifecycleRules(List.of()));
                            var bad = new ArrayList<String>();
                            sooner("current", theirs.expiresCurrentAfterDays(), ours.expiresCurrentAfterDays(), bad);
                            sooner("previous", theirs.expiresPreviousAfterDays(), ours.expiresPreviousAfterDays(), bad);
                            return bad.isEmpty()
                                    ? new Finding.Fine(one.label() + ": the destination keeps as long as the source")
                                    : new Finding.Bad(
                                            one.label() + ": " + String.join("; ", bad)
                                                    + " (rules are compared by their days, whatever their prefixes: own judgement)");
                        }));
    }

    private static void sooner(String which, OptionalLong theirs, OptionalLong ours, List<String> bad) {
        if (theirs.isPresent() && (ours.isEmpty() || theirs.getAsLong() < ours.getAsLong())) {
            bad.add(which + " versions go after " + theirs.getAsLong() + " days, at the source "
                    + (ours.isPresent() ? "after " + ours.getAsLong() : "never"));
        }
    }

    private static Verdict coverage(Evidence evidence) {
        return Replication.whole(evidence, document -> {
            List<String> scope = evidence.demands().settings().texts("replicationScope");
            List<String> wanted = scope.isEmpty() ? List.of("") : scope;
            List<String> open = wanted.stream()
                    .filter(prefix ->
                            document.enabled().noneMatch(rule -> !rule.tagged() && prefix.startsWith(rule.prefix())))
                    .map(prefix -> prefix.isEmpty() ? "the whole bucket" : "prefix " + prefix)
                    .toList();
            if (open.isEmpty()) {
                return Verdict.compliant("a rule without tags covers all that is in scope");
            }
            if (!document.defects().isEmpty()) {
                return new Verdict.Unknown("the replication configuration could not be understood", document.defects());
            }
            var lines = new ArrayList<>(
                    open.stream().map(what -> "not covered: " + what).toList());
            document.enabled()
                    .forEach(rule -> lines.add(
                            rule.label() + ": prefix \"" + rule.prefix() + "\"" + (rule.tagged() ? " with tags" : "")));
            return Verdict.violation("no rule covers " + open.getFirst(), lines);
        });
    }

    private static Verdict chain(Evidence evidence) {
        if (!evidence.demands().replicaOfReplica()) {
            return Verdict.notApplicable("nobody expects replicas of replicas (settings.replicaOfReplica)");
        }
        return Replication.each(
                evidence,
                one -> Replication.collected(one, bucket -> {
                    var onward = bucket.replication();
                    if (!onward.state().certain()) {
                        return new Finding.Unclear(
                                one.label() + ": " + onward.state().uncertainty("the destination's replication"));
                    }
                    return onward.destinations().isEmpty()
                            ? new Finding.Fine(one.label() + ": the destination replicates nothing onward")
                            : new Finding.Bad(
                                    one.label() + ": what arrives there does not go on to " + onward.destinations());
                }));
    }

    private static Verdict isolation(Evidence evidence) {
        boolean account = evidence.demands().otherAccount();
        boolean region = evidence.demands().otherRegion();
        if (!account && !region) {
            return Verdict.notApplicable("nobody demands it (settings.otherAccount, settings.otherRegion)");
        }
        return Replication.each(evidence, one -> {
            if (account && one.owner() == Owner.SAME) {
                return new Finding.Bad(one.label() + ": the destination is in the source's own account");
            }
            String ours = evidence.theBucket().region();
            String theirs = one.bucket().map(BucketEvidence::region).orElse(null);
            if (region && ours != null && Objects.equals(ours, theirs)) {
                return new Finding.Bad(one.label() + ": the destination is in the source's own region " + ours);
            }
            boolean unclear = (account && one.owner() == Owner.UNKNOWN) || (region && (ours == null || theirs == null));
            return unclear
                    ? new Finding.Unclear(one.label() + ": the destination's account or region is not known")
                    : new Finding.Fine(one.label() + ": the destination lies apart");
        });
    }

    private static Finding trusted(Evidence evidence, Destination one) {
        return switch (one.owner()) {
            case SAME -> new Finding.Fine(one.label() + ": the destination is in the source's own account");
            case OTHER -> {
                String account = one.account();
                String owner = one.bucket().map(BucketEvidence::ownerId).orElse(null);
                boolean known = (account != null
                                && evidence.trusted().accounts().contains(account))
                        || (owner != null && evidence.trusted().principals().contains(owner));
                yield known
                        ? new Finding.Fine(one.label() + ": the destination's account is trusted")
                        : new Finding.Bad(one.label() + ": the destination's account "
                                + (account == null ? "" : account + " ") + "is not trusted");
            }
            case UNKNOWN -> new Finding.Unclear(one.label() + ": it is not known whose the destination is");
        };
    }

    private static Finding observed(Destination one) {
        return Replication.collected(one, bucket -> {
            Truth logged = present(
                    bucket.document(BucketDocument.LOGGING),
                    node -> !node.path("LoggingEnabled")
                            .path("TargetBucket")
                            .asText("")
                            .isEmpty());
            Truth notifies = present(bucket.document(BucketDocument.NOTIFICATION), OperationControls::notifies);
            return switch (logged.or(notifies)) {
                case TRUE -> new Finding.Fine(one.label() + ": the destination is logged or notifies");
                case FALSE ->
                    new Finding.Bad(one.label() + ": the destination has neither access logs nor notifications");
                case UNKNOWN ->
                    new Finding.Unclear(one.label() + ": the destination's logging or notification is not known");
            };
        });
    }

    private static Truth present(Collected<JsonNode> document, Predicate<JsonNode> on) {
        return document.certain() ? Truth.of(document.known().filter(on).isPresent()) : Truth.UNKNOWN;
    }

    private static Finding asStrict(Evidence evidence, Destination one) {
        return Replication.collected(one, bucket -> {
            var theirs = block(evidence, one, bucket);
            var ours = evidence.effectiveBlock();
            var bad = new ArrayList<String>();
            Truth weaker = Truth.FALSE;
            for (BlockPublicAccess.Flag flag : BlockPublicAccess.Flag.values()) {
                Truth here = ours.has(flag).and(theirs.has(flag).not());
                weaker = weaker.or(here);
                if (here == Truth.TRUE) {
                    bad.add(flag.field() + " is on at the source and off at the destination");
                }
            }
            Truth ownership = Ownership.enforced(evidence.theBucket().ownership())
                    .and(Ownership.enforced(bucket.ownership()).not());
            if (ownership == Truth.TRUE) {
                bad.add("ACLs are disabled at the source and not at the destination");
            }
            return switch (weaker.or(ownership)) {
                case TRUE -> new Finding.Bad(one.label() + ": " + String.join("; ", bad));
                case FALSE -> new Finding.Fine(one.label() + ": the destination is closed as tightly as the source");
                case UNKNOWN ->
                    new Finding.Unclear(one.label() + ": the access blocks or the ownership of one side are not known");
            };
        });
    }
}
