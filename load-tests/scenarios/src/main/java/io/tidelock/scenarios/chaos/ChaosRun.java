package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.Change;
import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.TwoRegionsPolicy;
import io.tidelock.scenarios.traffic.Ledger;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.traffic.TrafficWriter;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Traffic and trouble for a while, then quiet, then judgement: read {@link #run} first. What a fault made fail for good (nobody may write, bodies that
 * are corrupt at every try) ends {@code failed}, as it should; a person would redrive it, and here its events are told again once all is well.
 */
final class ChaosRun {
    private static final long OBJECT_SIZE_MAX_BYTES = 6 << 20;
    private static final double STEPS_PER_VERSION = 1.12;
    private static final Duration LOOK_GAP = Duration.ofMillis(500);
    private static final int REDRIVES_MAX = 3;

    /** What may fail for good under the faults of a run. */
    private static final Set<String> FAILURES_EXPECTED = Set.of(
            "DstPutObjectNotPermitted",
            "DstMultipartInitNotPermitted",
            "DstMultipartPartUploadNotPermitted",
            "DstMultipartCompleteNotPermitted",
            "REPLICA_DIFFERS");

    /** Parts from 5 MiB on, so that they are seen at all; short waits, so that a run of a minute sees parking come and go. */
    private static final String SETTINGS = """
        replicator:
          multipartThresholdBytes: 5242881
          partSizeBytes: 5242880
          parking: {delayMin: 500ms, delayMax: 5s, keysMax: 20}
          breaker: {openFor: 2s}
        """;

    private final ChaosOptions options;
    private final Sandbox sandbox;
    private final Fleet fleet;
    private final Map<String, Change> told = new ConcurrentHashMap<>();
    private final Ledger ledger = new Ledger();
    private final List<String> problems = new ArrayList<>();

    private ChaosRun(ChaosOptions options, Sandbox sandbox, Fleet fleet) {
        this.options = options;
        this.sandbox = sandbox;
        this.fleet = fleet;
        sandbox.world().listen(this::remember);
    }

    /** Runs to the end. */
    static ChaosReport run(ChaosOptions options, Path directory)
            throws IOException, InterruptedException, ExecutionException {
        try (var sandbox = TwoRegions.builder().seed(options.seed()).start();
                var fleet = new Fleet(
                        ServiceCommand.found(options.jvmOptions()),
                        IntStream.range(0, options.instances())
                                .mapToObj(i -> setup(sandbox, i))
                                .toList(),
                        directory)) {
            return new ChaosRun(options, sandbox, fleet).run();
        }
    }

    private ChaosReport run() throws IOException, InterruptedException, ExecutionException {
        fleet.startAll();
        var mischief = new Mischief(sandbox, fleet);
        var began = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var traffic = threads.submit(traffic());
            mischief.run(Schedule.of(
                    options.seed(),
                    options.duration(),
                    options.incidentMax(),
                    options.incidents(),
                    options.instances(),
                    options.kinds()));
            traffic.get();
        }
        var quiet = System.nanoTime();
        fleet.startAll();
        try (var audit = new Audit(sandbox.kafka().bootstrapServers())) {
            drain(audit);
            var drained = System.nanoTime();
            var redriven = redrive(audit);
            if (fleet.badStops() > 0) {
                problems.add(fleet.badStops() + " times an instance that was told to stop did not end in order");
            }
            return new ChaosReport(
                    options.seed(),
                    Duration.ofNanos(quiet - began),
                    Duration.ofNanos(drained - quiet),
                    mischief.happened(),
                    mischief.struck(),
                    audit.accepted(),
                    audit.byResult(),
                    audit.toldText() + ", " + audit.parkedText(),
                    redriven,
                    audit.restacks(),
                    sandbox.region(TwoRegions.FRANKFURT).lostAnswers().total(),
                    problems,
                    judge());
        }
    }

    private Callable<Void> traffic() {
        return () -> {
            var plan = new TrafficPlan(options.seed(), OBJECT_SIZE_MAX_BYTES);
            var perSecond =
                    options.objects() * STEPS_PER_VERSION / options.duration().toSeconds();
            try (var client = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
                    var writer =
                            new TrafficWriter(client, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN, ledger)) {
                writer.write(plan, options.objects(), perSecond, () -> false);
            }
            return null;
        };
    }

    /** Waits until the topics show an outcome of everything. */
    private void drain(Audit audit) throws InterruptedException {
        var end = System.nanoTime() + options.quietLimit().toNanos();
        if (!sandbox.notifications().awaitDelivered(options.quietLimit())) {
            throw new IllegalStateException("the sandbox could not tell all events within " + options.quietLimit());
        }
        while (!audit.isComplete()) {
            if (System.nanoTime() > end) {
                var open = audit.withoutOutcome();
                problems.add("not drained within " + options.quietLimit() + ": " + audit.toldText() + ", "
                        + audit.accepted() + " accepted, " + open.size() + " without an outcome, such as "
                        + open.stream().limit(5).toList() + "\n" + fleet.logTails());
                return;
            }
            pause();
        }
        audit.repeated().forEach(one -> problems.add("an operation has a second outcome: " + one));
    }

    /** Tells again what failed for good, as a person would redrive it. */
    private long redrive(Audit audit) throws InterruptedException {
        var redriven = 0L;
        for (int i = 0; i < REDRIVES_MAX; i++) {
            var failures = audit.takeFailures();
            if (failures.isEmpty()) {
                return redriven;
            }
            for (var failure : failures) {
                if (!FAILURES_EXPECTED.contains(failure.reason())) {
                    problems.add("failed though no fault explains it: " + failure);
                }
                var change = told.get(failure.versionId());
                if (change == null) {
                    problems.add("failed and never written: " + failure);
                } else {
                    sandbox.notifications().changed(change);
                    redriven++;
                }
            }
            drain(audit);
        }
        problems.add("fails again though all is well: " + audit.takeFailures());
        return redriven;
    }

    private Judgement judge() throws InterruptedException {
        try (var source = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
                var replica = client(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT)) {
            return Judgement.of(
                    ledger.entries(),
                    new BucketReader(source, TwoRegions.SOURCE_BUCKET).read(),
                    new BucketReader(replica, TwoRegions.DESTINATION_BUCKET).read(),
                    TwoRegionsPolicy.of(sandbox, History.EVENTUAL));
        }
    }

    private void remember(Change change) {
        if (change.bucket().equals(TwoRegions.SOURCE_BUCKET)) {
            change.versionId().ifPresent(id -> told.put(id, change));
        }
    }

    private static void pause() throws InterruptedException {
        if (new CountDownLatch(1).await(LOOK_GAP.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts this latch down");
        }
    }

    private static ServiceSetup setup(Sandbox sandbox, int instance) {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        return new ServiceSetup(
                sandbox.kafka().bootstrapServers(),
                sandbox.region(TwoRegions.PARIS).endpoint(),
                sandbox.region(TwoRegions.FRANKFURT).endpoint(),
                key.id(),
                key.secret(),
                FreePort.find(),
                "text",
                "instance: chaos-" + instance + "\n" + SETTINGS);
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }
}
