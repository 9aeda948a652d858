package io.tidelock.scenarios.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.traffic.Content;
import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the service beside rclone: small objects for objects/s and processor time an object, large ones for MB/s.
 *
 * <p>Sandbox, service and rclone are processes of their own. The service is warm, as it is when it matters; its events are told all at once, and
 * the time runs until the last replica is there.
 */
@Command(
        name = "load-tests/baseline",
        description =
                "Measures Tidelock and rclone between the same two S3 endpoints on this machine. Nothing is asserted.")
public final class Baseline implements Callable<Integer> {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int WRITERS = 16;
    private static final Attributes PLAIN = new Attributes(
            Map.of("content-type", "application/octet-stream"),
            Map.of(),
            Map.of(),
            EncryptionWish.NOTHING,
            Optional.empty());

    @Option(names = "--small", paramLabel = "N", description = "How many objects of 4 KiB (default: ${DEFAULT-VALUE}).")
    private int small = 10_000;

    @Option(
            names = "--large",
            paramLabel = "N",
            description = "How many objects of 64 MiB (default: ${DEFAULT-VALUE}).")
    private int large = 8;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "How many objects of 4 KiB the service copies before (default: ${DEFAULT-VALUE}).")
    private int warmUp = 5_000;

    @Option(names = "--no-rclone", description = "Measure the service alone.")
    private boolean noRclone;

    @Option(
            names = "--service-options",
            paramLabel = "OPTIONS",
            description = "JVM options (default: ${DEFAULT-VALUE}).")
    private String serviceOptions = "-Xmx512m";

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli sets it and acts on it
    private boolean help;

    /** Runs the command and ends the JVM. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Baseline()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var workloads = List.of(new Workload("small", small, 4 * 1024), new Workload("large", large, 64 * 1024 * 1024));
        var withRclone = !noRclone && Rclone.isInstalled();
        if (!noRclone && !withRclone) {
            System.err.println("rclone is not installed (Debian: apt-get install rclone); measuring Tidelock alone");
        }
        var buckets = workloads.stream()
                .flatMap(workload -> Rclone.TRANSFERS.stream().map(workload::bucketFor))
                .toList();
        try (var directory = TemporaryDirectory.create("tidelock-baseline-", false);
                var sandbox = SandboxProcess.start(buckets);
                var service = service(sandbox, directory.path())) {
            service.awaitReady(READY_LIMIT);
            fill(sandbox, new Workload("warm", warmUp, 4 * 1024));
            sandbox.replicate(LIMIT);
            var comparisons = new ArrayList<Comparison>();
            for (var workload : workloads) {
                comparisons.add(measure(sandbox, service, workload, withRclone));
            }
            print(comparisons);
        }
        return 0;
    }

    private static Comparison measure(
            SandboxProcess sandbox, ServiceProcess service, Workload workload, boolean withRclone) throws Exception {
        System.err.println("Filling Paris: " + workload);
        fill(sandbox, workload);
        var rclone = new TreeMap<Integer, Speed>();
        for (int transfers : withRclone ? Rclone.TRANSFERS : List.<Integer>of()) {
            System.err.println("rclone --transfers " + transfers);
            rclone.put(transfers, new Rclone(sandbox).copy(workload, transfers));
        }
        System.err.println("Tidelock");
        var cpuBefore = service.cpu();
        var elapsed = sandbox.replicate(LIMIT);
        var tidelock = new Speed(workload, elapsed, service.cpu().minus(cpuBefore));
        return new Comparison(tidelock, rclone);
    }

    private static void fill(SandboxProcess sandbox, Workload workload) throws InterruptedException {
        try (var client = S3Clients.of(sandbox.paris(), TwoRegions.PARIS_REGION, sandbox.sourceKey());
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var writer = new ObjectWriter(client, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN);
            var puts = IntStream.range(0, workload.objects())
                    .<Callable<Void>>mapToObj(number -> () -> {
                        writer.put(workload.key(number), new Content(workload.objectBytes(), number), PLAIN);
                        return null;
                    })
                    .toList();
            for (var put : writers.invokeAll(puts)) {
                put.resultNow();
            }
        }
    }

    private ServiceProcess service(SandboxProcess sandbox, Path directory) throws IOException {
        var options = Stream.of(serviceOptions.split(" "))
                .filter(option -> !option.isBlank())
                .toList();
        var setup = new ServiceSetup(
                sandbox.kafka(),
                sandbox.paris(),
                sandbox.frankfurt(),
                sandbox.sourceKey().id(),
                sandbox.sourceKey().secret(),
                FreePort.find(),
                "json");
        return ServiceProcess.start(ServiceCommand.found(options), setup, directory);
    }

    private void print(List<Comparison> comparisons) {
        if (json) {
            var all = new ObjectMapper().createArrayNode();
            comparisons.forEach(comparison -> comparison.writeTo(all.addObject()));
            System.out.println(all.toPrettyString());
        } else {
            comparisons.forEach(comparison -> System.out.print(comparison.text()));
        }
    }
}
