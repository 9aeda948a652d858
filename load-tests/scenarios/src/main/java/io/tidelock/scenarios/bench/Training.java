package io.tidelock.scenarios.bench;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.traffic.TrafficWriter;
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Runs the service in the sandbox while its JVM records what starting and replicating need, from which {@code deploy/aot} makes a cache
 * (JEP 514, JEP 515). The only argument is the file for the record.
 */
final class Training {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long SEED = 1;
    private static final long OBJECT_BYTES_MAX = 6 << 20;
    private static final long VERSIONS = 300;
    private static final double PER_SECOND = 40;

    private Training() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(recorded(arguments[0]) ? 0 : 1);
    }

    private static boolean recorded(String file) throws Exception {
        var recording = ServiceCommand.found(List.of("-Xmx256m", "-XX:AOTMode=record", "-XX:AOTConfiguration=" + file));
        try (var directory = TemporaryDirectory.create("tidelock-training-", false);
                var sandbox = Sandbox.twoRegions()) {
            var watch = new ReplicationWatch(
                    TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
            sandbox.world().listen(watch);
            try (var service = ServiceProcess.start(recording, ServiceSetup.of(sandbox), directory.path())) {
                service.awaitReady(LIMIT);
                write(sandbox);
                var drained = watch.awaitDrained(LIMIT);
                var status = service.stop();
                if (!drained || status != 0) {
                    System.err.println(
                            "the service ended with " + status + (drained ? "" : " before all was replicated")
                                    + "; the end of its log:\n" + service.logTail());
                }
                return drained && status == 0;
            }
        }
    }

    private static void write(Sandbox sandbox) throws InterruptedException {
        var paris = sandbox.region(TwoRegions.PARIS);
        try (var client = S3Clients.of(paris.endpoint(), paris.region(), sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT));
                var writer = new TrafficWriter(client, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN)) {
            writer.write(new TrafficPlan(SEED, OBJECT_BYTES_MAX), VERSIONS, PER_SECOND, () -> false);
        }
    }
}
