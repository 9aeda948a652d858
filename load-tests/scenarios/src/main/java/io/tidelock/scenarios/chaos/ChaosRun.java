package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.Change;
import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.ThreadDump;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Traffic and trouble for a while, then quiet, then judgement: read {@link #run} first. What a fault made fail for good (nobody may write, bodies that
 * are corrupt at every try) ends {@code failed}, as it should; a person would redrive it, and here its events are told again once all is well.
 */
final class ChaosRun {
    private static final long OBJECT_SIZE_MAX_BYTES = 6 << 20;
    private static final double STEPS_PER_VERSION = 1.12;
    private static final int REDRIVES_MAX = 3;
    private static final long DISK_BYTES_MIN = 64 << 20;
    private static final long DISK_BYTES_PER_OBJECT = 16 << 10;

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

    private static final Duration TOLD_EVERY = Duration.ofSeconds(10);

    /** How long incidents that struck too little, and after them the traffic, may take beyond the run's own time. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final Duration STILL_MAX = Duration.ofMinutes(2);

    private final ChaosOptions options;
    private final Sandbox sandbox;
    private final Fleet fleet;
    private final Path directory;
    private final Progress progress;
    private final Map<String, Change> told = new ConcurrentHashMap<>();
    private final Set<String> toldAgain = new HashSet<>();
    private final OrderOfEffect order = new OrderOfEffect(TwoRegions.DESTINATION_BUCKET);
    private final Ledger ledger = new Ledger();
    private final List<String> problems = new ArrayList<>();

    private ChaosRun(ChaosOptions options, Sandbox sandbox, Fleet fleet, Path directory, Progress progress) {
        this.options = options;
        this.sandbox = sandbox;
        this.fleet = fleet;
        this.directory = directory;
        this.progress = progress;
        sandbox.world().listen(this::remember);
        sandbox.world().listen(order);
    }

    /**
     * Runs to the end.
     *
     * @param directory for the logs of the instances and, where something hangs, the thread dumps of all
     * @param out takes lines that say what is being done
     */
    static ChaosReport run(ChaosOptions options, Path directory, Consumer<String> out)
            throws IOException, InterruptedException, ExecutionException {
        var guest = options.instances();
        try (var sandbox = TwoRegions.builder()
                        .seed(options.seed())
                        .kafkaRelays(guest + 1)
                        .kafkaDisk(diskBytes(options))
                        .start();
                var fleet = new Fleet(
                        ServiceCommand.found(options.jvmOptions()),
                        IntStream.rangeClosed(0, guest)
                                .mapToObj(i -> setup(sandbox, i))
                                .toList(),
                        guest,
                        directory);
                var progress = new Progress(out, TOLD_EVERY)) {
            return new ChaosRun(options, sandbox, fleet, directory, progress).run();
        }
    }

    /** The broker has a disk of its own where that is to be full some time. */
    private static long diskBytes(ChaosOptions options) {
        return options.kinds().contains(FaultKind.BROKER_DISK_FULL)
                ? DISK_BYTES_MIN + options.objects() * DISK_BYTES_PER_OBJECT
                : 0;
    }

    /** What an instance is called. */
    static String nameOf(int instance) {
        return "chaos-" + instance;
    }

    private ChaosReport run() throws IOException, InterruptedException, ExecutionException {
        progress.stage("instances start");
        fleet.startAll();
        var mischief = new Mischief(sandbox, fleet, options.instances(), progress);
        var began = System.nanoTime();
        trouble(mischief);
        var quiet = System.nanoTime();
        progress.stage("all is well again; instances start");
        fleet.startAll();
        try (var audit = new Audit(sandbox.kafka().bootstrapServers())) {
            drain(audit);
            var drained = System.nanoTime();
            var redriven = redrive(audit);
            if (fleet.badStops() > 0) {
                problems.add(fleet.badStops()
                        + " times an instance ended by itself, or not in order when it was told to stop");
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

    /** Traffic until all versions are written and all incidents are over, so that each of them finds something to strike. */
    private void trouble(Mischief mischief) throws InterruptedException, ExecutionException {
        var over = new AtomicBoolean();
        try (var client = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
                var writer = new TrafficWriter(client, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN, ledger);
                var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            progress.stage(() -> writer.counts().versions() + " of " + options.objects()
                    + " versions written, under way: " + mischief.underWay());
            var traffic = thread.submit(() -> write(writer, mischief, over));
            mischief.run(
                    Schedule.of(
                            options.seed(),
                            options.duration(),
                            options.incidentMax(),
                            options.incidents(),
                            options.instances(),
                            options.kinds()),
                    options.duration().plus(GRACE));
            over.set(true);
            traffic.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    dumped("the traffic did not end within " + GRACE + " after the last fault"));
        }
    }

    private Void write(TrafficWriter writer, Mischief mischief, AtomicBoolean over) throws InterruptedException {
        var perSecond =
                options.objects() * STEPS_PER_VERSION / options.duration().toSeconds();
        try {
            writer.write(
                    new TrafficPlan(options.seed(), OBJECT_SIZE_MAX_BYTES),
                    Long.MAX_VALUE,
                    perSecond,
                    () -> over.get() && writer.counts().versions() >= options.objects());
        } finally {
            mischief.callOff();
        }
        return null;
    }

    /** Waits until the topics show an outcome of everything. */
    private void drain(Audit audit) throws InterruptedException {
        progress.stage("events are told");
        if (!sandbox.notifications().awaitDelivered(options.quietLimit())) {
            throw new IllegalStateException(
                    dumped("the sandbox could not tell all events within " + options.quietLimit()));
        }
        var missing = new Drain(audit, options.quietLimit(), STILL_MAX).await(progress);
        if (missing.isPresent()) {
            problems.add(dumped(missing.get()) + "\n" + fleet.logTails());
        }
        audit.repeated().forEach(one -> problems.add("an operation has a second outcome: " + one));
    }

    /** Leaves what all threads do beside the logs. */
    private String dumped(String what) throws InterruptedException {
        progress.note(what);
        fleet.dumpThreads();
        ThreadDump.of(ProcessHandle.current().pid(), directory.resolve("threads-of-the-run.json"));
        return what + " (see the thread dumps in " + directory + ")";
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
                    toldAgain.add(failure.versionId());
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
            progress.stage("the source is read");
            var written = new BucketReader(source, TwoRegions.SOURCE_BUCKET).read();
            progress.stage("the replica is read");
            var found = new BucketReader(replica, TwoRegions.DESTINATION_BUCKET).read();
            progress.stage("both are compared");
            problems.addAll(new FirstArrivals(written, found, order.byKey(), toldAgain).violations());
            return Judgement.of(ledger.entries(), written, found, TwoRegionsPolicy.of(sandbox, History.EVENTUAL));
        }
    }

    private void remember(Change change) {
        if (change.bucket().equals(TwoRegions.SOURCE_BUCKET)) {
            change.versionId().ifPresent(id -> told.put(id, change));
        }
    }

    private static ServiceSetup setup(Sandbox sandbox, int instance) {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        return new ServiceSetup(
                sandbox.kafka().relay(instance).bootstrapServers(),
                sandbox.region(TwoRegions.PARIS).endpoint(),
                sandbox.region(TwoRegions.FRANKFURT).endpoint(),
                key.id(),
                key.secret(),
                FreePort.find(),
                "text",
                "instance: " + nameOf(instance) + "\n" + SETTINGS);
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }
}
