package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps that controls of replication share. */
final class Replication {
    /** Whose the destination is, seen from the source. */
    enum Owner {
        SAME,
        OTHER,
        UNKNOWN
    }

    /**
     * One enabled rule and what is known of its destination.
     *
     * @param bucket the destination bucket where it was collected
     * @param account the destination's account, or null
     */
    record Destination(
            ReplicationDocument.Rule rule,
            @Nullable String name,
            Optional<BucketEvidence> bucket,
            @Nullable String account,
            Owner owner) {
        String label() {
            return rule.label() + " to " + (name == null ? "nowhere" : name);
        }
    }

    /** What one destination contributes to a verdict. */
    sealed interface Finding {
        /** In words. */
        String line();

        record Fine(String line) implements Finding {}

        record Bad(String line) implements Finding {}

        record Unclear(String line) implements Finding {}

        record Aside(String line) implements Finding {}
    }

    private Replication() {}

    /** Judges every enabled rule by itself and puts the findings together, the worst first. */
    static Verdict each(Evidence evidence, Function<Destination, Finding> judge) {
        return whole(evidence, document -> {
            var findings = document.enabled()
                    .map(rule -> destination(evidence, rule))
                    .map(judge)
                    .toList();
            return together(document, findings);
        });
    }

    /** Judges the configuration where at least one rule is in force. */
    static Verdict whole(Evidence evidence, Function<ReplicationDocument, Verdict> judge) {
        ReplicationDocument document = evidence.theBucket().replication();
        Verdict nothing = Verdict.notApplicable("the bucket replicates nothing");
        return Judging.known(document.state(), "the replication configuration", nothing, _ -> {
            if (document.enabled().findAny().isPresent()) {
                return judge.apply(document);
            }
            return document.defects().isEmpty()
                    ? nothing
                    : new Verdict.Unknown("the replication configuration could not be understood", document.defects());
        });
    }

    private static Verdict together(ReplicationDocument document, List<Finding> findings) {
        var fine = new ArrayList<String>();
        var bad = new ArrayList<String>();
        var unclear = new ArrayList<>(document.defects());
        var aside = new ArrayList<String>();
        for (Finding finding : findings) {
            switch (finding) {
                case Finding.Fine(var line) -> fine.add(line);
                case Finding.Bad(var line) -> bad.add(line);
                case Finding.Unclear(var line) -> unclear.add(line);
                case Finding.Aside(var line) -> aside.add(line);
            }
        }
        if (!bad.isEmpty()) {
            return Verdict.violation(bad.getFirst(), bad);
        }
        if (!unclear.isEmpty()) {
            return new Verdict.Unknown(unclear.getFirst(), unclear);
        }
        return fine.isEmpty()
                ? Verdict.notApplicable(aside.isEmpty() ? "nothing to judge" : aside.getFirst())
                : new Verdict.Compliant(fine.getFirst(), fine);
    }

    static Destination destination(Evidence evidence, ReplicationDocument.Rule rule) {
        var bucket = evidence.other(rule.destination());
        String account = rule.account();
        if (account == null) {
            account = bucket.map(BucketEvidence::account).orElse(null);
        }
        return new Destination(rule, rule.destination(), bucket, account, owner(evidence, bucket, account));
    }

    /** By account ids, else by the canonical ids that the two ACLs name as owners. */
    private static Owner owner(Evidence evidence, Optional<BucketEvidence> bucket, @Nullable String account) {
        String own = sourceAccount(evidence);
        if (account != null && own != null) {
            return account.equals(own) ? Owner.SAME : Owner.OTHER;
        }
        String ownId = evidence.theBucket().ownerId();
        String otherId = bucket.map(BucketEvidence::ownerId).orElse(null);
        if (ownId != null && otherId != null) {
            return ownId.equals(otherId) ? Owner.SAME : Owner.OTHER;
        }
        return Owner.UNKNOWN;
    }

    /** The source's account: as it is said, else the account of the role, which lives there. */
    static @Nullable String sourceAccount(Evidence evidence) {
        String account = evidence.home().account();
        String role = evidence.roleArn();
        if (account != null || role == null) {
            return account;
        }
        return Arn.parse(role).flatMap(Arn::accountId).orElse(null);
    }

    /** Judges a destination that was collected; unclear where it was not. */
    static Finding collected(Destination destination, Function<BucketEvidence, Finding> judge) {
        return destination
                .bucket()
                .map(judge)
                .orElseGet(() -> new Finding.Unclear(destination.label() + ": the destination was not collected"));
    }

    /** Judges one document of a destination. */
    static <T> Finding known(
            Destination destination, Collected<T> document, String name, Finding none, Function<T, Finding> judge) {
        return switch (document) {
            case Collected.Known<T>(var value) -> judge.apply(value);
            case Collected.NotConfigured<T> _ -> none;
            case Collected.NotCollected<T> _, Collected.Unavailable<T> _ ->
                new Finding.Unclear(destination.label() + ": " + document.uncertainty("the destination's " + name));
        };
    }

    /** Whether another bucket replicates into this one. */
    static Truth isReplica(Evidence evidence) {
        String name = evidence.theBucket().name();
        return switch (evidence.others()) {
            case Collected.Known<List<BucketEvidence>>(var others) ->
                Truth.any(others.stream().map(other -> replicatesInto(other, name)));
            case Collected.Unavailable<List<BucketEvidence>> _ -> Truth.UNKNOWN;
            case Collected.NotConfigured<List<BucketEvidence>> _, Collected.NotCollected<List<BucketEvidence>> _ ->
                Truth.FALSE;
        };
    }

    private static Truth replicatesInto(BucketEvidence other, @Nullable String name) {
        Collected<JsonNode> state = other.replication().state();
        if (state instanceof Collected.Unavailable<JsonNode>) {
            return Truth.UNKNOWN;
        }
        return Truth.of(name != null && other.replication().destinations().contains(name));
    }
}
