package io.tidelock.replicator.budget;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Whose rule the work of a thread is charged to, besides the stores that it asks. Bound to a scope rather than handed down,
 * because the requests are counted below the SDK.
 */
public final class RuleCharge {
    private static final ScopedValue<Budget> RULE = ScopedValue.newInstance();

    private RuleCharge() {}

    /** Charges the rule's budget with all that the work asks of any store, if the rule has one. */
    public static <A, X extends Throwable> A call(Optional<Budget> rule, ScopedValue.CallableOp<A, X> work) throws X {
        return rule.isPresent() ? ScopedValue.where(RULE, rule.get()).call(work) : work.call();
    }

    /** Work for another thread, charged to whom the calling thread's is. */
    public static <A> Callable<A> carried(Callable<A> work) {
        var rule = current();
        return () -> call(rule, work::call);
    }

    /** The budget that is charged now. */
    public static Optional<Budget> current() {
        return RULE.isBound() ? Optional.of(RULE.get()) : Optional.empty();
    }
}
