package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which statements give somebody else access (rules X1 to X6).
 *
 * @param grants Allows to a foreign principal
 * @param undecided Allows of which it cannot be told whose principal they name
 * @param notes what was set aside, and why
 */
public record CrossAccount(List<Grant> grants, List<Grant> undecided, List<String> notes) {
    /** Rule X4: the actions that let another account take a bucket over. */
    public static final List<String> ADMIN_ACTIONS = List.of(
            "s3:DeleteBucketPolicy",
            "s3:PutBucketAcl",
            "s3:PutBucketPolicy",
            "s3:PutEncryptionConfiguration",
            "s3:PutObjectAcl");

    /** One Allow and the words for the evidence. */
    public record Grant(Statement statement, String because) {}

    public CrossAccount {
        grants = List.copyOf(grants);
        undecided = List.copyOf(undecided);
        notes = List.copyOf(notes);
    }

    /** Judges a policy, conditions included. */
    public static CrossAccount of(Policy policy, Home home, Trusted trusted) {
        return new Judge(home, trusted, true).judge(policy);
    }

    /** Rule X4: foreign grants of an administrative action; conditions are ignored. */
    public static CrossAccount ofAdminActions(Policy policy, Home home, Trusted trusted) {
        var all = new Judge(home, trusted, false).judge(policy);
        return new CrossAccount(adminOnly(all.grants()), adminOnly(all.undecided()), all.notes());
    }

    private static List<Grant> adminOnly(List<Grant> grants) {
        return grants.stream()
                .flatMap(grant -> ADMIN_ACTIONS.stream()
                        .filter(grant.statement().actions()::hasAction)
                        .findFirst()
                        .map(action -> new Grant(grant.statement(), grant.because() + " may " + action))
                        .stream())
                .toList();
    }

    private enum Standing {
        OWN,
        FOREIGN,
        UNCLEAR
    }

    private static final class Judge {
        private static final Set<String> ACCOUNT_KEYS =
                Set.of("aws:sourceaccount", "aws:sourceowner", "aws:principalaccount", "s3:dataaccesspointaccount");
        private static final Set<String> ARN_KEYS =
                Set.of("aws:sourcearn", "aws:principalarn", "s3:dataaccesspointarn");

        private final Home home;
        private final Trusted trusted;
        private final boolean conditionsCount;
        private final List<Grant> grants = new ArrayList<>();
        private final List<Grant> undecided = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Judge(Home home, Trusted trusted, boolean conditionsCount) {
            this.home = home;
            this.trusted = trusted;
            this.conditionsCount = conditionsCount;
        }

        CrossAccount judge(Policy policy) {
            policy.allows().forEach(this::statement);
            return new CrossAccount(grants, undecided, notes);
        }

        private void statement(Statement statement) {
            Standing pinned = conditionsCount ? pinnedStanding(statement) : Standing.FOREIGN;
            if (pinned == Standing.OWN) {
                return;
            }
            Principals principals = statement.principals();
            if (!principals.present()
                    || principals.negated()
                    || principals.values().isEmpty()) {
                add(statement, principals.toString(), Standing.FOREIGN, pinned);
                return;
            }
            for (Principal principal : principals.values()) {
                if (principal.isDeleted()) {
                    notes.add(statement.label() + ": " + principal + " was deleted and can be nobody any more");
                } else {
                    Standing standing = standing(principal);
                    if (standing != Standing.OWN) {
                        add(statement, principal.toString(), standing, pinned);
                        return;
                    }
                }
            }
        }

        /** A pin whose owner is unclear leaves a foreign principal unclear as well. */
        private void add(Statement statement, String principal, Standing standing, Standing pinned) {
            String because = statement.label() + ": Allow " + principal + " " + statement.actions();
            if (!statement.conditions().isEmpty()) {
                because += " when " + statement.conditions();
            }
            (standing == Standing.UNCLEAR || pinned == Standing.UNCLEAR ? undecided : grants)
                    .add(new Grant(statement, because));
        }

        private Standing standing(Principal principal) {
            if (trusted.principals().contains(principal.value())) {
                return Standing.OWN;
            }
            return switch (principal.type()) {
                case SERVICE -> principal.isFixed() ? Standing.OWN : Standing.FOREIGN;
                case ANYONE, UNKNOWN -> Standing.FOREIGN;
                case CANONICAL_USER -> canonical(principal.value());
                case AWS, FEDERATED ->
                    principal
                            .account()
                            .map(this::account)
                            .orElseGet(() -> trusted.accounts().contains(accountPart(principal.value()))
                                    ? Standing.OWN
                                    : Standing.FOREIGN);
            };
        }

        private Standing canonical(String id) {
            if (id.equals(home.canonicalId())) {
                return Standing.OWN;
            }
            return home.canonicalId() == null && Fixed.isFixed(id) ? Standing.UNCLEAR : Standing.FOREIGN;
        }

        private Standing account(String id) {
            if (id.equals(home.account()) || trusted.accounts().contains(id)) {
                return Standing.OWN;
            }
            return home.account() == null ? Standing.UNCLEAR : Standing.FOREIGN;
        }

        private static String accountPart(String value) {
            return Arn.parse(value).map(Arn::account).orElse(value);
        }

        /** Rule X2: a pinned statement counts as the values that pin it. */
        private Standing pinnedStanding(Statement statement) {
            List<Standing> each = Stream.concat(Pins.of(statement).stream(), accountWide(statement))
                    .map(this::standing)
                    .toList();
            if (each.contains(Standing.OWN)) {
                return Standing.OWN;
            }
            return each.contains(Standing.UNCLEAR) ? Standing.UNCLEAR : Standing.FOREIGN;
        }

        /** ARN patterns that fix the account alone: public by rule P3, yet all of one account. */
        private Stream<Condition> accountWide(Statement statement) {
            return statement.conditions().stream()
                    .filter(condition -> statement.conditionReadable()
                            && condition.operator().canPin()
                            && ARN_KEYS.contains(condition.keyLower())
                            && !condition.values().isEmpty()
                            && condition.values().stream()
                                    .allMatch(value -> Arn.parse(value)
                                            .flatMap(Arn::accountId)
                                            .isPresent()));
        }

        private Standing standing(Condition condition) {
            String key = condition.keyLower();
            Standing worst = Standing.OWN;
            for (String value : condition.values()) {
                Standing one = standing(key, value);
                if (one == Standing.FOREIGN) {
                    return Standing.FOREIGN;
                }
                worst = one == Standing.UNCLEAR ? Standing.UNCLEAR : worst;
            }
            return worst;
        }

        private Standing standing(String key, String value) {
            if (trusted.principals().contains(value)) {
                return Standing.OWN;
            }
            if (ACCOUNT_KEYS.contains(key)) {
                return account(value);
            }
            if (ARN_KEYS.contains(key)) {
                // A bucket's ARN has no account: nobody can tell whose it is.
                return Arn.parse(value)
                        .flatMap(Arn::accountId)
                        .map(this::account)
                        .orElse(Standing.UNCLEAR);
            }
            boolean ours = switch (key) {
                case "aws:sourcevpc" -> trusted.vpcs().contains(value);
                case "aws:sourcevpce" -> trusted.vpces().contains(value);
                case "aws:principalorgid" -> trusted.orgIds().contains(value);
                case "aws:sourceip" -> trusted.hasAddresses(value);
                default -> false;
            };
            return ours ? Standing.OWN : Standing.FOREIGN;
        }
    }
}
