package io.tidelock.compliance.iam;

import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.Glob;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.S3Actions;
import io.tidelock.compliance.policy.S3Actions.Access;
import io.tidelock.compliance.policy.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a statement allows beyond the needs.
 *
 * @param statement the statement's position and {@code Sid}
 * @param what in words, with the action, resource, principal or missing condition
 */
public record Excess(String statement, String what) {
    private static final int NAMED_MAX = 5;

    /** Actions of KMS that a role is commonly given by a wildcard. */
    private static final List<String> KMS = List.of(
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:DisableKey",
            "kms:Encrypt",
            "kms:GenerateDataKey",
            "kms:PutKeyPolicy",
            "kms:ReEncryptFrom",
            "kms:ReEncryptTo",
            "kms:ScheduleKeyDeletion");

    /** What a role's or user's own policy allows beyond its needs. */
    public static List<Excess> ofPermissions(Policy policy, Collection<Need> needs) {
        return policy.allows()
                .flatMap(statement -> named(statement, of(statement, needs)))
                .toList();
    }

    /**
     * What the policy of one bucket allows beyond the needs; statements that name neither the principals of the needs nor
     * their accounts nor everybody are somebody else's and not looked at.
     */
    public static List<Excess> ofResourcePolicy(Policy policy, Collection<Need> needs) {
        return ofResource(policy, needs, _ -> false);
    }

    /**
     * What the policy of one key allows beyond the needs. That it leaves something to the policies of the key's own
     * account, as AWS's default key policy does, is nothing beyond.
     *
     * @param key the key's ARN
     * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html">default key policy</a>
     */
    public static List<Excess> ofKeyPolicy(Policy policy, String key, Collection<Need> needs) {
        var account = Trust.accountOf(key);
        return ofResource(
                policy,
                needs.stream().map(need -> need.on("*")).toList(), // in a key's own policy "*" is that key
                principal -> principal.isWholeAccount()
                        && principal.account().filter(account::equals).isPresent());
    }

    private static List<Excess> ofResource(Policy policy, Collection<Need> needs, Predicate<Principal> leftToOthers) {
        var byPrincipal =
                needs.stream().collect(Collectors.groupingBy(Need::principal, TreeMap::new, Collectors.toList()));
        return policy.allows()
                .flatMap(statement -> {
                    var principals = statement.principals().values().stream()
                            .filter(leftToOthers.negate())
                            .toList();
                    var found = new LinkedHashSet<String>();
                    byPrincipal.forEach((principal, its) -> {
                        if (statement.principals().negated()
                                || principals.stream().anyMatch(one -> reaches(one, principal))) {
                            principals(statement, principals, byPrincipal.keySet(), found);
                            found.addAll(of(statement, its));
                        }
                    });
                    return named(statement, found);
                })
                .toList();
    }

    private static Stream<Excess> named(Statement statement, Collection<String> found) {
        return found.stream().map(what -> new Excess(statement.label(), what));
    }

    private static boolean reaches(Principal principal, String arn) {
        return principal.isEveryone()
                || principal.value().equals(arn)
                || (principal.isWholeAccount()
                        && principal
                                .account()
                                .filter(Trust.accountOf(arn)::equals)
                                .isPresent())
                || (principal.type() == Principal.Type.AWS && new Glob(principal.value()).matches(arn));
    }

    private static Set<String> of(Statement statement, Collection<Need> needs) {
        var found = new LinkedHashSet<String>();
        if (statement.actions().negated()) {
            found.add("allows every action but " + statement.actions());
            return found;
        }
        if (statement.resources().negated()) {
            found.add("allows its actions on every resource but " + statement.resources());
            return found;
        }
        var unneeded = new ArrayList<String>();
        for (var pattern : statement.actions().patterns()) {
            var actions = actions(pattern, needs);
            for (var action : actions) {
                var its = needs.stream()
                        .filter(need -> need.action().equalsIgnoreCase(action))
                        .toList();
                if (its.isEmpty()) {
                    unneeded.add(action);
                } else {
                    resources(statement, action, its, found);
                }
            }
        }
        if (!unneeded.isEmpty()) {
            found.add("allows " + some(unneeded) + ", which is not needed");
        }
        return found;
    }

    private static void principals(
            Statement statement, List<Principal> principals, Collection<String> wanted, Set<String> found) {
        if (statement.principals().negated()) {
            found.add("names everybody but some (" + statement.principals() + ")");
        }
        for (var principal : principals) {
            if (!wanted.contains(principal.value())) {
                found.add("names " + principal.value() + ", not only " + some(List.copyOf(wanted)));
            }
        }
    }

    /** Every known action that the pattern stands for; the pattern itself where it stands for none. */
    private static List<String> actions(String pattern, Collection<Need> needs) {
        var glob = new Glob(pattern);
        var known = Stream.of(
                        needs.stream().map(Need::action),
                        S3Actions.known(Access.READ),
                        S3Actions.known(Access.WRITE),
                        KMS.stream())
                .flatMap(actions -> actions)
                .distinct()
                .filter(glob::matchesIgnoringCase)
                .toList();
        return known.isEmpty() ? List.of(pattern) : known;
    }

    private static void resources(Statement statement, String action, List<Need> needs, Set<String> found) {
        for (var resource : statement.resources().patterns()) {
            if (needs.stream().noneMatch(need -> mayMeet(need, resource))) {
                continue; // an object's ARN under a bucket's action, or the other way round, allows nothing
            }
            var covering = needs.stream()
                    .filter(need -> Arn.covers(need.resource(), resource)
                            || need.resource().equals(resource))
                    .toList();
            if (covering.isEmpty()) {
                found.add("allows " + action + " on " + resource + ", needed on "
                        + some(needs.stream().map(Need::resource).distinct().toList()));
            } else if (covering.stream().noneMatch(need -> isNarrowed(statement, need))) {
                found.add("allows " + action + " on " + resource + " without the condition "
                        + some(covering.getFirst().conditions().stream()
                                .map(Object::toString)
                                .toList()));
            }
        }
    }

    private static boolean mayMeet(Need need, String resource) {
        if (!need.action().startsWith("s3:")) {
            return true;
        }
        var onObjects = need.resource().contains("/");
        return onObjects ? resource.contains("/") || resource.contains("*") : !resource.contains("/");
    }

    /** Whether the statement asks at least for what narrows the need. */
    private static boolean isNarrowed(Statement statement, Need need) {
        return need.conditions().stream()
                .allMatch(wanted -> statement.conditions().stream()
                        .anyMatch(condition -> condition.isOn(wanted.key())
                                && condition.operator().text().equals(wanted.operator())
                                && wanted.values().containsAll(condition.values())));
    }

    private static String some(List<String> all) {
        return all.size() <= NAMED_MAX
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, NAMED_MAX)) + " and " + (all.size() - NAMED_MAX) + " more";
    }
}
