package io.tidelock.ingest.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A loop in a process of its own, that copies until it is killed. */
final class CopyingProcess {
    private CopyingProcess() {}

    /** Arguments: bootstrap servers, instance, seed. */
    public static void main(String[] args) throws InterruptedException {
        var kafka = new KafkaSettings(args[0], Map.of(), args[1]);
        var settings = Broker.copying(Broker.limits(500, Duration.ofSeconds(10)));
        new PollLoop(kafka, settings, new Copying(Long.parseLong(args[2]), 40), InstantSource.system()).start();
        new CountDownLatch(1).await();
    }

    static Process start(String bootstrapServers, String instance, long seed) {
        return start(bootstrapServers, instance, seed, ProcessBuilder.Redirect.DISCARD, "-Xmx128m");
    }

    static Process start(
            String bootstrapServers, String instance, long seed, ProcessBuilder.Redirect output, String jvmOption) {
        try {
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            jvmOption,
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            CopyingProcess.class.getName(),
                            bootstrapServers,
                            instance,
                            Long.toString(seed))
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
