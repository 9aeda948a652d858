package io.tidelock.scenarios.twoways;

import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The service as a process between the two buckets. */
final class Replication implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration GENEROUS = Duration.ofMinutes(3);

    private final ServiceProcess service;
    private final WriteCount writes;

    private Replication(ServiceProcess service, WriteCount writes) {
        this.service = service;
        this.writes = writes;
    }

    /** Starts the service, and returns when it is ready. */
    static Replication start(TwoWaysSetup setup, TwoWays ways) throws IOException, InterruptedException {
        var directory = ways.directory();
        var service = ServiceProcess.start(
                ServiceCommand.found(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1")),
                setup.write(directory),
                setup.environment(),
                setup.httpPort(),
                directory);
        try {
            service.awaitReady(READY_LIMIT);
        } catch (IllegalStateException notReady) {
            service.close();
            throw notReady;
        }
        return new Replication(service, ways.writes());
    }

    /**
     * Waits until every write has its outcome, those that Tidelock made itself included. There is nothing then that could still write: an
     * operation ends after all that it writes, and what it wrote is counted as soon as it is there.
     */
    void awaitRest() {
        Awaitility.await("an outcome of every write")
                .atMost(GENEROUS)
                .until(() -> total("tidelock_replication_operations_total") == writes.total());
    }

    /** The sum of a metric over both rules. */
    double total(String metric) throws InterruptedException {
        return service.metrics().entrySet().stream()
                .filter(series -> series.getKey().startsWith(metric + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        service.close();
    }
}
