package io.tidelock.scenarios.bench;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.ChangeListener;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.service.TwoRegionsPolicy;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.traffic.TrafficWriter;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import io.tidelock.scenarios.verify.SideBySide;
import io.tidelock.scenarios.verify.Verification;
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** Measures how fast the service ends and begins while objects are written, and that nothing is lost or copied twice by it. */
@Command(
        name = "load-tests/restarts",
        description = {
            "Stops, kills and starts Tidelock while objects are written, and prints how long each takes.",
            "Exits 1 when something was lost, when a stop was not clean or led to a second copy, or when the first copy",
            "after a kill took longer than --first-copy-max (median). deploy/aot makes starts faster."
        })
public final class Restarts implements Callable<Integer> {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);
    private static final long SEED = 20261123;
    private static final long OBJECT_BYTES_MAX = 64 * 1024;
    private static final long BETWEEN_COPIES = 200;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often it is stopped, and then killed, at least 1 (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "How many changes a second are made meanwhile (default: ${DEFAULT-VALUE}).")
    private double rate = 50;

    @Option(
            names = "--service-options",
            paramLabel = "OPTIONS",
            description = "JVM options (default: ${DEFAULT-VALUE}).")
    private String serviceOptions = "-Xmx256m";

    @Option(
            names = "--first-copy-max",
            paramLabel = "S",
            description =
                    "How many seconds the start after a kill may take until the first copy (default: ${DEFAULT-VALUE}).")
    private double firstCopySecondsMax = 5;

    @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli sets it and acts on it
    private boolean help;

    /** When the destination first changed since it was last asked to look. */
    private static final class FirstArrival implements ChangeListener {
        private CompletableFuture<Long> first = new CompletableFuture<>();

        synchronized CompletableFuture<Long> next() {
            first = new CompletableFuture<>();
            return first;
        }

        @Override
        public synchronized void changed(Change change) {
            if (change.bucket().equals(TwoRegions.DESTINATION_BUCKET)) {
                first.complete(System.nanoTime());
            }
        }
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Restarts()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (var directory = TemporaryDirectory.create("tidelock-restarts-", false);
                var sandbox = Sandbox.twoRegions();
                var source = client(sandbox, TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
                var replica = client(sandbox, TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT);
                var run = new Run(sandbox, source, replica, directory.path())) {
            return run.whole() ? 0 : 1;
        }
    }

    private static S3Client client(Sandbox sandbox, String regionName, String account) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(account));
    }

    /** One run of the command. */
    private final class Run implements AutoCloseable {
        private final Sandbox sandbox;
        private final S3Client source;
        private final S3Client replica;
        private final Path directory;
        private final ServiceSetup setup;
        private final ServiceCommand command;
        private final ReplicationWatch watch =
                new ReplicationWatch(TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
        private final FirstArrival arrival = new FirstArrival();
        private final AtomicBoolean enough = new AtomicBoolean();
        private ServiceProcess service;

        Run(Sandbox sandbox, S3Client source, S3Client replica, Path directory) throws IOException {
            this.sandbox = sandbox;
            this.source = source;
            this.replica = replica;
            this.directory = directory;
            this.command = ServiceCommand.found(Stream.of(serviceOptions.split(" "))
                    .filter(option -> !option.isBlank())
                    .toList());
            this.setup = ServiceSetup.of(sandbox);
            sandbox.world().listen(watch);
            sandbox.world().listen(arrival);
            this.service = ServiceProcess.start(command, setup, directory);
        }

        boolean whole() throws Exception {
            service.awaitReady(READY_LIMIT);
            var traffic = CompletableFuture.runAsync(this::write);
            awaitCopies();
            System.out.println("| how it ended | took s | status | start to ready s | start to first copy s |");
            System.out.println("|---|---|---|---|---|");
            var clean = true;
            for (var round = 0; round < rounds; round++) {
                clean &= stopAndStart();
            }
            var unexpected = watch.snapshot().unexpected();
            var firstCopies = new ArrayList<Double>();
            for (var round = 0; round < rounds; round++) {
                firstCopies.add(killAndStart());
            }
            enough.set(true);
            traffic.join();
            var drained = watch.awaitDrained(DRAIN_LIMIT);
            var verification = verify();
            System.out.printf(
                    Locale.ROOT,
                    "%n%d versions and markers written, %d not copied, %d extra copies after stops, %d after kills, %d"
                            + " differences%n",
                    watch.snapshot().written(),
                    watch.snapshot().pending(),
                    unexpected,
                    watch.snapshot().unexpected() - unexpected,
                    verification.differences().size());
            verification.differences().stream().limit(20).forEach(System.out::println);
            firstCopies.sort(null);
            var firstCopy = firstCopies.get(firstCopies.size() / 2);
            System.out.printf(Locale.ROOT, "median from the start after a kill to the first copy: %.2f s%n", firstCopy);
            return clean && drained && unexpected == 0 && verification.same() && firstCopy <= firstCopySecondsMax;
        }

        private boolean stopAndStart() throws Exception {
            var began = System.nanoTime();
            var status = service.stop();
            var _ = started("SIGTERM", System.nanoTime() - began, Integer.toString(status));
            return status == 0;
        }

        private double killAndStart() throws Exception {
            var began = System.nanoTime();
            service.kill();
            return started("kill -9", System.nanoTime() - began, "-");
        }

        /** How many seconds it took until the first copy. */
        private double started(String how, long tookNanos, String status) throws Exception {
            service.close();
            var first = arrival.next();
            var began = System.nanoTime();
            service = ServiceProcess.start(command, setup, directory);
            service.awaitReady(READY_LIMIT);
            var ready = System.nanoTime() - began;
            var firstCopy = (first.get() - began) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %s | %.2f | %.2f |%n",
                    how,
                    tookNanos / 1e9,
                    status,
                    ready / 1e9,
                    firstCopy);
            awaitCopies();
            return firstCopy;
        }

        /** Time for the service to be under way again. */
        private void awaitCopies() throws InterruptedException {
            var wanted = watch.snapshot().arrived() + BETWEEN_COPIES;
            while (watch.snapshot().arrived() < wanted) {
                if (!service.isAlive()) {
                    throw new IllegalStateException("the service ended; the end of its log:\n" + service.logTail());
                }
                Thread.sleep(Duration.ofMillis(100));
            }
        }

        private void write() {
            try (var writer = new TrafficWriter(source, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN)) {
                writer.write(new TrafficPlan(SEED, OBJECT_BYTES_MAX), Long.MAX_VALUE, rate, enough::get);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** After a kill, what was under way may be there twice; nothing may be missing or in another order. */
        private Verification verify() throws InterruptedException {
            return SideBySide.compare(
                    new BucketReader(source, TwoRegions.SOURCE_BUCKET),
                    new BucketReader(replica, TwoRegions.DESTINATION_BUCKET),
                    TwoRegionsPolicy.of(sandbox, History.EVENTUAL));
        }

        @Override
        public void close() {
            enough.set(true);
            service.close();
        }
    }
}
