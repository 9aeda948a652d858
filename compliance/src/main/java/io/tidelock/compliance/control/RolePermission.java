package io.tidelock.compliance.control;

import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.ConditionEvaluation;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Selection;
import io.tidelock.compliance.policy.Statement;
import io.tidelock.compliance.policy.Truth;
import org.jspecify.annotations.Nullable;

/** Whether a policy of the role allows a need in full, by one statement. */
final class RolePermission {
    private RolePermission() {}

    static Truth of(Policy policy, RoleNeeds.Need need) {
        Truth allowed = Truth.any(policy.allows()
                .filter(statement -> covers(statement.resources(), need.resource()))
                .map(statement -> speaksOf(statement, need, policy)));
        Truth denied = Truth.any(policy.denies()
                .filter(statement -> touches(statement.resources(), need.resource()))
                .map(statement -> speaksOf(statement, need, policy)));
        Truth answer = allowed.and(denied.not());
        return answer == Truth.FALSE && !policy.defects().isEmpty() && denied != Truth.TRUE ? Truth.UNKNOWN : answer;
    }

    private static Truth speaksOf(Statement statement, RoleNeeds.Need need, Policy policy) {
        return statement.actions().hasAction(need.action())
                ? ConditionEvaluation.evaluate(statement, need.context(), policy.variables())
                : Truth.FALSE;
    }

    private static boolean covers(Selection resources, @Nullable String wanted) {
        if (wanted == null || resources.negated()) {
            return wanted == null || resources.patterns().stream().noneMatch(pattern -> Arn.overlaps(pattern, wanted));
        }
        return resources.coversResource(wanted);
    }

    private static boolean touches(Selection resources, @Nullable String wanted) {
        return wanted == null ? resources.patterns().contains("*") : resources.mayHaveResource(wanted);
    }
}
