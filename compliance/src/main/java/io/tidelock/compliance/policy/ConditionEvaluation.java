package io.tidelock.compliance.policy;

import io.tidelock.compliance.policy.ConditionOperator.Comparison;
import io.tidelock.compliance.policy.ConditionOperator.Qualifier;
import io.tidelock.compliance.policy.RequestContext.Value;
import java.util.List;

/**
 * Whether the conditions of a statement hold for a request. What cannot be known is UNKNOWN, and so is every operator
 * that nobody knows.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html">evaluation logic</a>
 */
public final class ConditionEvaluation {
    private final RequestContext context;
    private final boolean variables;

    private ConditionEvaluation(RequestContext context, boolean variables) {
        this.context = context;
        this.variables = variables;
    }

    /**
     * Whether all conditions of {@code statement} hold.
     *
     * @param variables whether the policy's version gives <code>${…}</code> a meaning
     */
    public static Truth evaluate(Statement statement, RequestContext context, boolean variables) {
        var evaluation = new ConditionEvaluation(context, variables);
        Truth all = Truth.all(statement.conditions().stream().map(evaluation::condition));
        return statement.conditionReadable() ? all : all.and(Truth.UNKNOWN);
    }

    private Truth condition(Condition condition) {
        ConditionOperator operator = condition.operator();
        Comparison comparison = operator.comparison();
        if (comparison == null) {
            return Truth.UNKNOWN;
        }
        Value value = context.get(condition.key());
        if (comparison == Comparison.NULL) {
            return isNull(condition, value);
        }
        return switch (value) {
            case Value.Unclear _ -> Truth.UNKNOWN;
            case Value.Absent _ -> absent(operator);
            case Value.Present(var actual) -> present(operator, comparison, actual, condition.values());
        };
    }

    private static Truth isNull(Condition condition, Value value) {
        if (value instanceof Value.Unclear) {
            return Truth.UNKNOWN;
        }
        boolean absent = value instanceof Value.Absent;
        return Truth.of(
                condition.values().stream().anyMatch(wanted -> wanted.equalsIgnoreCase(Boolean.toString(absent))));
    }

    private static Truth absent(ConditionOperator operator) {
        return switch (operator.qualifier()) {
            case FOR_ALL_VALUES -> Truth.TRUE;
            // With IfExists the documentation and what people report differ.
            case FOR_ANY_VALUE -> operator.ifExists() ? Truth.UNKNOWN : Truth.FALSE;
            case NONE -> Truth.of(operator.ifExists() || operator.negated());
        };
    }

    private Truth present(ConditionOperator operator, Comparison comparison, List<String> actual, List<String> wanted) {
        if (operator.qualifier() == Qualifier.NONE && actual.size() > 1) {
            return Truth.UNKNOWN;
        }
        var each = actual.stream().map(one -> {
            Truth any = Truth.any(wanted.stream().map(value -> match(comparison, one, value)));
            return operator.negated() ? any.not() : any;
        });
        return operator.qualifier() == Qualifier.FOR_ANY_VALUE ? Truth.any(each) : Truth.all(each);
    }

    private Truth match(Comparison comparison, String actual, String written) {
        String wanted = written;
        if (variables && written.contains("${")) {
            var resolved = Substitution.resolve(written, context);
            if (resolved.isEmpty()) {
                return Truth.UNKNOWN;
            }
            wanted = resolved.get();
        }
        return Comparisons.match(comparison, actual, wanted);
    }
}
