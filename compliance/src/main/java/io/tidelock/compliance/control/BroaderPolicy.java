package io.tidelock.compliance.control;

import io.tidelock.compliance.control.Replication.Destination;
import io.tidelock.compliance.control.Replication.Finding;
import io.tidelock.compliance.policy.Condition;
import io.tidelock.compliance.policy.Glob;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.S3Actions;
import io.tidelock.compliance.policy.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * R15: a principal and an action that the replica's policy allows and the source's does not, beyond what replication
 * itself needs. Conditions must be the same or fewer at the replica's side to count as covered (own judgement).
 */
final class BroaderPolicy {
    private static final Set<String> REPLICATION = Set.of(
            "s3:replicateobject",
            "s3:replicatedelete",
            "s3:replicatetags",
            "s3:objectowneroverridetobucketowner",
            "s3:getbucketversioning",
            "s3:putbucketversioning");

    private BroaderPolicy() {}

    static Finding judge(Evidence evidence, Destination one) {
        var none = new Finding.Fine(one.label() + ": the destination's policy gives nobody anything");
        return Replication.collected(
                one,
                bucket -> Replication.known(one, bucket.policy(), "policy", none, theirs -> {
                    var source = evidence.theBucket().policy();
                    if (!source.certain()) {
                        return new Finding.Unclear(one.label() + ": " + source.uncertainty("the source's policy"));
                    }
                    List<Statement> ours = source.known()
                            .map(policy -> policy.allows().toList())
                            .orElse(List.of());
                    return compare(one, theirs, ours, Replication.sourceAccount(evidence));
                }));
    }

    private static Finding compare(
            Destination one, Policy theirs, List<Statement> ours, @Nullable String sourceAccount) {
        var broader = new ArrayList<String>();
        theirs.allows()
                .forEach(statement -> statement.principals().values().stream()
                        .filter(principal -> !isHome(principal, one, sourceAccount))
                        .forEach(principal -> actions(statement)
                                .filter(action ->
                                        ours.stream().noneMatch(own -> covers(own, principal, action, statement)))
                                .forEach(action ->
                                        broader.add(statement.label() + ": " + principal + " may " + action))));
        if (!broader.isEmpty()) {
            return new Finding.Bad(one.label() + ": " + String.join("; ", broader));
        }
        return theirs.defects().isEmpty()
                ? new Finding.Fine(one.label() + ": the destination's policy gives no more than the source's")
                : new Finding.Unclear(one.label() + ": a part of the destination's policy could not be understood");
    }

    /** The destination's own account may do everything there anyway. */
    private static boolean isHome(Principal principal, Destination one, @Nullable String sourceAccount) {
        String account =
                one.account() == null && one.owner() != Replication.Owner.OTHER ? sourceAccount : one.account();
        return principal.account().filter(named -> named.equals(account)).isPresent();
    }

    private static Stream<String> actions(Statement statement) {
        return statement.actions().negated()
                ? Stream.of("s3:*")
                : statement.actions().patterns().stream()
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .filter(action -> !isOfReplication(action));
    }

    /** Whether the pattern describes nothing but what replication needs, as {@code s3:Replicate*} does. */
    private static boolean isOfReplication(String pattern) {
        var glob = new Glob(pattern);
        List<String> described = Stream.concat(
                        S3Actions.known(S3Actions.Access.READ), S3Actions.known(S3Actions.Access.WRITE))
                .map(action -> action.toLowerCase(Locale.ROOT))
                .filter(glob::matches)
                .toList();
        return !described.isEmpty() && REPLICATION.containsAll(described);
    }

    private static boolean covers(Statement own, Principal principal, String action, Statement theirs) {
        boolean same = !own.principals().negated()
                && own.principals().values().stream().anyMatch(one -> one.isEveryone() || one.equals(principal));
        boolean acts = !own.actions().negated()
                && own.actions().patterns().stream()
                        .anyMatch(pattern -> new Glob(pattern.toLowerCase(Locale.ROOT)).covers(new Glob(action)));
        return same && acts && texts(theirs).containsAll(texts(own));
    }

    private static Set<String> texts(Statement statement) {
        var texts = new HashSet<String>();
        for (Condition condition : statement.conditions()) {
            texts.add(condition.toString().toLowerCase(Locale.ROOT));
        }
        return texts;
    }
}
