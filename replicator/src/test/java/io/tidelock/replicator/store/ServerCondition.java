package io.tidelock.replicator.store;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a contract where its server can be had; where it cannot, the report says why. */
public abstract class ServerCondition implements ExecutionCondition {
    /** Why the server cannot be had here, empty where it can. */
    protected abstract Optional<String> whyNot();

    @Override
    public final ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("decided for the class");
        }
        var whyNot = whyNot();
        whyNot.ifPresent(reason -> ContractReport.notRun(context.getRequiredTestClass(), reason));
        return whyNot.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("the server can be had"));
    }
}
