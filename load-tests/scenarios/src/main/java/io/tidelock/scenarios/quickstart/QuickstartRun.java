package io.tidelock.scenarios.quickstart;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
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
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.s3.S3Client;

/** One run: the sandbox, the service and the traffic between them. */
final class QuickstartRun {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(90);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final String OPERATIONS = "tidelock_replication_operations_total{";
    private static final String FAILED = "result=\"failed\"";

    private final QuickstartOptions options;
    private final Resources resources;
    private final Path directory;
    private final Sandbox sandbox;
    private final ReplicationWatch watch;
    private final ServiceProcess service;
    private final S3Client source;
    private final S3Client replica;
    private long beganNanos;

    private QuickstartRun(QuickstartOptions options, Resources resources, ServiceCommand command) throws Exception {
        this.options = options;
        this.resources = resources;
        this.directory = resources
                .add(TemporaryDirectory.create("tidelock-quickstart-", options.keep()))
                .path();
        this.sandbox = resources.add(Sandbox.twoRegions());
        this.watch =
                new ReplicationWatch(TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
        sandbox.world().listen(watch);
        this.source = resources.add(client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT));
        this.replica = resources.add(client(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT));
        this.service = resources.add(ServiceProcess.start(command, ServiceSetup.of(sandbox), directory));
    }

    /** Starts everything but the traffic; what is started is closed with the resources. */
    static QuickstartRun start(
            QuickstartOptions options, Resources resources, ServiceCommand command, PrintStream progress)
            throws Exception {
        progress.println("Starting Kafka, Paris, Frankfurt and Tidelock ...");
        var run = new QuickstartRun(options, resources, command);
        run.service.awaitReady(READY_LIMIT);
        progress.print(Places.text(run.sandbox, run.service, run.directory));
        return run;
    }

    /**
     * Writes traffic and shows it being replicated until all is, or for ever.
     *
     * @return whether everything was replicated
     */
    boolean replicate(LiveView view) throws InterruptedException {
        beganNanos = System.nanoTime();
        var traffic = CompletableFuture.runAsync(this::write);
        while (!resources.closing()) {
            var written = finished(traffic);
            if (written && watch.awaitDrained(TICK)) {
                view.show(watch.snapshot(), failures(), elapsed());
                return true;
            }
            var state = watch.snapshot();
            view.show(state, failures(), elapsed());
            var stalled = written && state.sinceChange().compareTo(STALL_LIMIT) > 0;
            if (stalled || !service.isAlive()) {
                return false;
            }
        }
        return false;
    }

    /** Stops the service and compares both sides. */
    Summary check() throws InterruptedException, IOException {
        var state = watch.snapshot();
        var replicating = elapsed().minus(state.sinceChange());
        var alive = service.isAlive();
        var cpu = service.cpu();
        var peakBytes = alive ? service.memory().peakBytes() : 0;
        var status = service.stop();
        if (alive && status != 0) {
            throw new IllegalStateException(
                    "the service ended with status " + status + " when it was told to stop:\n" + service.logTail());
        }
        var reader = new BucketReader(replica, TwoRegions.DESTINATION_BUCKET);
        options.tamper().ifPresent(tamper -> tamper.apply(sandbox.bucket(TwoRegions.DESTINATION_BUCKET)));
        var verification = SideBySide.compare(
                new BucketReader(source, TwoRegions.SOURCE_BUCKET),
                reader,
                TwoRegionsPolicy.of(sandbox, History.EXACT));
        return new Summary(options.seed(), verification, state, replicating, cpu, peakBytes);
    }

    /** Says what a person would look at first. */
    String whyIncomplete() {
        var state = watch.snapshot();
        return "Not everything was replicated: %d of %d changes are missing and nothing moved for %d s. The end of the service's log:%n%s"
                .formatted(state.pending(), state.written(), state.sinceChange().toSeconds(), service.logTail());
    }

    private void write() {
        var plan = new TrafficPlan(options.seed(), options.objectSizeMaxBytes());
        try (var writer = new TrafficWriter(source, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN)) {
            writer.write(plan, options.objects().orElse(Long.MAX_VALUE), options.perSecond(), resources::closing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a tick for the traffic to end, unless it has. */
    private static boolean finished(CompletableFuture<Void> traffic) throws InterruptedException {
        try {
            traffic.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("writing to Paris failed: " + e.getCause(), e.getCause());
        }
    }

    private long failures() throws InterruptedException {
        return Math.round(service.metrics().entrySet().stream()
                .filter(series -> series.getKey().startsWith(OPERATIONS)
                        && series.getKey().contains(FAILED))
                .mapToDouble(series -> series.getValue())
                .sum());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }
}
