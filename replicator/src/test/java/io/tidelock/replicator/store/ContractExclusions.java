package io.tidelock.replicator.store;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs the tests that a server is known to fail as well: an exclusion that no longer fails is itself a failure. What
 * was excluded is printed at the end with its reason.
 */
public final class ContractExclusions implements InvocationInterceptor, AfterAllCallback {
    private final List<String> lines = new ArrayList<>();
    private int passed;

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
        var reason = exclusions(context).get(name);
        if (reason == null) {
            invocation.proceed();
            passed++;
            return;
        }
        try {
            invocation.proceed();
        } catch (Exception | AssertionError expected) {
            lines.add(name + ": " + reason);
            throw new TestAbortedException(reason, expected);
        }
        throw new AssertionError(name + " passes now: remove its exclusion (" + reason + ")");
    }

    private static Map<String, String> exclusions(ExtensionContext context) {
        return ((ObjectStoreContract) context.getRequiredTestInstance())
                .fixture()
                .exclusions();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.out.println("store contract on " + context.getDisplayName() + ": " + (passed + lines.size()) + " run, "
                + passed + " passed, " + lines.size() + " excluded");
        lines.forEach(line -> System.out.println("  excluded: " + line));
    }
}
