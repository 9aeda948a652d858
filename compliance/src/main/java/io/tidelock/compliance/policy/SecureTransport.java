package io.tidelock.compliance.policy;

import io.tidelock.compliance.policy.ConditionOperator.Comparison;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a bucket policy refuses plain HTTP (rules TLS1 to TLS9).
 *
 * @param refused whether every request over plain HTTP is refused
 * @param confirmed false where the answer rests on rule TLS9, which nobody has confirmed for plain HTTP
 * @param because the statements that count, or what each one that comes near lacks
 * @param notes what holds beside the answer
 */
public record SecureTransport(boolean refused, boolean confirmed, List<String> because, List<String> notes) {
    private static final String KEY = "aws:SecureTransport";
    private static final BigDecimal TLS_MIN = new BigDecimal("1.2");

    public SecureTransport {
        because = List.copyOf(because);
        notes = List.copyOf(notes);
    }

    /** Judges a policy on {@code bucket}. */
    public static SecureTransport of(Policy policy, BucketResource bucket) {
        var because = new ArrayList<String>();
        var notes = new ArrayList<String>();
        List<Statement> byKey = counting(policy, because, KEY);
        boolean refused = complete(byKey, bucket, because);
        boolean confirmed = true;
        if (!refused) {
            List<Statement> byVersion = counting(policy, because, "s3:TlsVersion");
            refused = complete(byVersion, bucket, because);
            if (refused) {
                confirmed = false;
                notes.add("a Deny below TLS 1.2 is taken to refuse plain HTTP as well: unconfirmed for plain HTTP");
            }
        }
        policy.allows()
                .filter(statement -> hasBool(statement, "true"))
                .forEach(statement -> notes.add(statement.label()
                        + " allows over HTTPS only, which refuses nothing that another statement or policy allows"));
        policy.allows()
                .filter(statement -> hasBool(statement, "false"))
                .forEach(statement -> notes.add(statement.label() + " allows over plain HTTP"));
        return new SecureTransport(refused, confirmed, because, notes);
    }

    /** The Denies that refuse plain HTTP on whatever resources they name; why others do not, goes to the evidence. */
    private static List<Statement> counting(Policy policy, List<String> because, String key) {
        var counting = new ArrayList<Statement>();
        policy.denies()
                .filter(statement -> statement.conditions().stream().anyMatch(condition -> condition.isOn(key)))
                .forEach(statement -> {
                    String lack = lack(statement);
                    if (lack.isEmpty()) {
                        counting.add(statement);
                    } else {
                        because.add(statement.label() + " does not count: " + lack);
                    }
                });
        return counting;
    }

    /** Rules TLS1, TLS2, TLS4, TLS5; empty when nothing lacks. */
    private static String lack(Statement statement) {
        if (!statement.principals().isEveryone()) {
            return statement.principals() + " is not everyone";
        }
        if (!statement.actions().hasEveryS3Action()) {
            return (statement.actions().negated() ? "NotAction " : "Action ") + statement.actions()
                    + " is not every action";
        }
        if (!statement.isUnderstood()) {
            return "it has a part that could not be understood";
        }
        if (statement.conditions().size() != 1) {
            return "another condition narrows it: " + statement.conditions();
        }
        Condition condition = statement.conditions().getFirst();
        boolean exact = condition.isOn(KEY) ? isHttp(condition) : isOldTls(condition);
        return exact ? "" : condition + " is not the condition that holds for plain HTTP";
    }

    /** Rule TLS4; the {@code IfExists} form is equivalent here, as the key is always there (own judgement). */
    private static boolean isHttp(Condition condition) {
        ConditionOperator operator = condition.operator();
        return operator.comparison() == Comparison.BOOL
                && operator.qualifier() == ConditionOperator.Qualifier.NONE
                && !condition.values().isEmpty()
                && condition.values().stream().allMatch("false"::equalsIgnoreCase);
    }

    /** Rule TLS9. */
    private static boolean isOldTls(Condition condition) {
        ConditionOperator operator = condition.operator();
        return operator.comparison() == Comparison.NUMERIC_LESS_THAN
                && operator.qualifier() == ConditionOperator.Qualifier.NONE
                && condition.values().stream()
                        .anyMatch(value -> Numbers.parse(value)
                                .filter(version -> version.compareTo(TLS_MIN) >= 0)
                                .isPresent());
    }

    /** Rules TLS3 and TLS8: bucket and objects, in one statement or in several (own judgement). */
    private static boolean complete(List<Statement> statements, BucketResource bucket, List<String> because) {
        boolean onBucket = statements.stream().anyMatch(statement -> bucket.coversBucket(statement.resources()));
        boolean onObjects = statements.stream().anyMatch(statement -> bucket.coversObjects(statement.resources()));
        for (Statement statement : statements) {
            because.add(statement.label() + ": Deny " + statement.principals() + " " + statement.actions() + " on "
                    + (statement.resources().negated() ? "all but " : "") + statement.resources() + " when "
                    + statement.conditions().getFirst());
        }
        if (!statements.isEmpty() && !onBucket) {
            because.add("the bucket's own ARN " + bucket.arn() + " is not covered");
        }
        if (!statements.isEmpty() && !onObjects) {
            because.add("the objects " + bucket.objectsArn() + " are not covered");
        }
        return onBucket && onObjects;
    }

    private static boolean hasBool(Statement statement, String value) {
        return statement.conditions().stream()
                .anyMatch(condition ->
                        condition.isOn(KEY) && condition.values().stream().anyMatch(value::equalsIgnoreCase));
    }
}
