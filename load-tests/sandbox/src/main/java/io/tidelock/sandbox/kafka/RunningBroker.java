package io.tidelock.sandbox.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;

/** One life of a broker: from start to stop or kill. */
final class RunningBroker {
    private static final String CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown";

    private final Path data;
    private final Metrics metrics = new Metrics();
    private final BrokerServer broker;
    private final ControllerServer controller;

    private RunningBroker(Path data, Map<String, String> properties, BrokerPorts ports, BrokerFaults faults)
            throws Exception {
        this.data = data;
        var config = new KafkaConfig(properties, false);
        var identity = new MetaPropertiesEnsemble.Loader()
                .addMetadataLogDir(data.toString())
                .addLogDirs(List.of(data.toString()))
                .load();
        var shared = new SharedServer(
                config,
                identity,
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(Map.of(
                        config.nodeId(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.controllerPort()))),
                List.of(),
                faults,
                ports);
        this.broker = new BrokerServer(shared);
        this.controller = new ControllerServer(
                shared, KafkaRaftServer.configSchema(), new BootstrapDirectory(data.toString()).read());
    }

    /**
     * Starts a broker and returns when it serves.
     *
     * @param ended told, on a thread of the broker and maybe several times, why the broker would have ended its process by itself; does not
     *     wait for anything
     */
    static RunningBroker start(Path data, Map<String, String> properties, BrokerPorts ports, Consumer<String> ended) {
        BrokerExits.areOf(ended);
        try {
            return start(data, properties, ports, new BrokerFaults(ended));
        } finally {
            BrokerExits.areNobodys();
        }
    }

    private static RunningBroker start(
            Path data, Map<String, String> properties, BrokerPorts ports, BrokerFaults faults) {
        try {
            var running = new RunningBroker(data, properties, ports, faults);
            try {
                running.controller.startup();
                running.broker.startup();
            } catch (Throwable failed) {
                running.stop();
                throw failed;
            }
            return running;
        } catch (Exception | InternalError failed) { // the error is how the JVM tells that a mapped file found no room
            var first = faults.first();
            var cause = first == null ? failed : first;
            throw new SandboxKafkaException("the embedded Kafka broker did not start: " + cause.getMessage(), cause);
        }
    }

    /** Ends as an operator's stop does: leadership handed over, segments flushed, clean-shutdown mark written. */
    void stop() {
        broker.shutdown();
        controller.shutdown();
        metrics.close();
    }

    /**
     * Ends as a killed process does for those outside: every connection is cut first, nothing is handed over, requests in flight get no
     * answer, and the next start finds no clean-shutdown mark and so recovers its logs. What was written stays, as it would in the
     * operating system's cache.
     */
    void kill() throws IOException {
        broker.socketServer().stopProcessingRequests();
        broker.socketServer().shutdown();
        controller.socketServer().shutdown();
        broker.shutdown(Duration.ZERO);
        controller.shutdown();
        metrics.close();
        Files.deleteIfExists(data.resolve(CLEAN_SHUTDOWN_FILE));
    }
}
