package io.tidelock.compliance.meter;

import io.micrometer.core.instrument.Counter;
import io.tidelock.compliance.lag.LagTracker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The bounded values of the label {@code rule}: first come, first served; what comes later is {@code _other}. */
final class RuleLabels {
    private final int max;
    private final Counter dropped;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    RuleLabels(int max, Counter dropped) {
        this.max = max;
        this.dropped = dropped;
    }

    String of(String ruleId) {
        if (known.contains(ruleId)) {
            return ruleId;
        }
        synchronized (known) {
            if (known.size() < max) {
                known.add(ruleId);
                return ruleId;
            }
        }
        dropped.increment();
        return LagTracker.OTHER;
    }
}
