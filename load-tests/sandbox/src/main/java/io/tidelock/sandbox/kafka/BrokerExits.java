package io.tidelock.sandbox.kafka;

import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Kafka's calls to end the JVM into exceptions, for as long as the JVM lives: a broker that has given up ends itself, not the test run or
 * the quickstart around it. Which one it is is told by the thread, as every thread of a broker descends from the one that started it.
 */
final class BrokerExits {
    private static final InheritableThreadLocal<@Nullable Consumer<String>> BROKER = new InheritableThreadLocal<>();

    static {
        Exit.setExitProcedure(BrokerExits::refuse);
        Exit.setHaltProcedure(BrokerExits::refuse);
    }

    private BrokerExits() {}

    /** Does its work once, when the class is loaded. */
    static void areRefused() {}

    /** All threads that are started from here on by this one, and by those in turn, are a broker's. */
    static void areOf(Consumer<String> broker) {
        BROKER.set(broker);
    }

    /** Threads that are started by this one from here on are nobody's again. */
    static void areNobodys() {
        BROKER.remove();
    }

    private static void refuse(int status, @Nullable String message) {
        var wanted = "an embedded Kafka broker wanted to end the JVM with status " + status + ": "
                + (message == null ? "no reason given" : message);
        var broker = BROKER.get();
        if (broker != null) {
            broker.accept(wanted);
        }
        throw new SandboxKafkaException(wanted, null);
    }
}
