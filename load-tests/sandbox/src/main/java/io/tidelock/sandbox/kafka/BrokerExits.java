package io.tidelock.sandbox.kafka;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Kafka's calls to end the JVM into exceptions, for as long as the JVM lives: a broker that has given up ends its own thread, not
 * the test run or the quickstart around it.
 */
final class BrokerExits {
    static {
        Exit.setExitProcedure(BrokerExits::refuse);
        Exit.setHaltProcedure(BrokerExits::refuse);
    }

    private BrokerExits() {}

    /** Does its work once, when the class is loaded. */
    static void areRefused() {}

    private static void refuse(int status, @Nullable String message) {
        throw new SandboxKafkaException(
                "an embedded Kafka broker wanted to end the JVM with status " + status + ": "
                        + (message == null ? "no reason given" : message),
                null);
    }
}
