package io.tidelock.sandbox.kafka;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the first fault of a broker, where Kafka's own handler would end the JVM. */
final class BrokerFaults implements FaultHandlerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private final Consumer<String> ended;

    /** @param ended told of each fault that would have ended the JVM */
    BrokerFaults(Consumer<String> ended) {
        this.ended = ended;
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        return (message, cause) -> {
            var fault = new FaultHandlerException(name + ": " + message, cause);
            LOG.atError().addKeyValue("fatal", fatal).setCause(fault).log("embedded broker fault");
            if (fatal) {
                first.compareAndSet(null, fault);
                ended.accept(fault.getMessage());
            }
            action.run();
            return fault;
        };
    }

    @Nullable
    Throwable first() {
        return first.get();
    }
}
