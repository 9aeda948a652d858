package io.tidelock.replicator.store;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs the tests that a server is known to fail as well: an exclusion that no longer fails is itself a failure. What
 * was excluded is reported at the end with its reason.
 */
public final class ContractExclusions implements InvocationInterceptor, AfterAllCallback {
    private final Map<String, List<String>> excluded = new LinkedHashMap<>();
    private int passed;
    private int failed;

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, method, context);
    }

    private void run(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        var name = method.getExecutable().getName();
        var withArguments =
                method.getArguments().stream().map(String::valueOf).collect(Collectors.joining(", ", name + "(", ")"));
        var faults = ((ObjectStoreContract) context.getRequiredTestInstance())
                .fixture()
                .exclusions();
        var whole = faults.get(name);
        var fault = whole != null ? whole : faults.get(withArguments);
        failed++;
        if (fault == null) {
            invocation.proceed();
            failed--;
            passed++;
            return;
        }
        var test = method.getArguments().isEmpty() ? name : withArguments;
        try {
            invocation.proceed();
        } catch (Exception | AssertionError expected) {
            failed--;
            excluded.computeIfAbsent(fault, _ -> new ArrayList<>()).add(test);
            throw new TestAbortedException(fault, expected);
        }
        throw new AssertionError(test + " passes now: remove its exclusion (" + fault + ")");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ContractReport.ran(context.getRequiredTestClass(), passed, failed, excluded);
    }
}
