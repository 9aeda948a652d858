package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.SandboxRegion;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Aim;
import io.tidelock.sandbox.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets the incidents of a schedule happen to the world of two regions and the instances beside it. One that struck too little in its time, as
 * breakers and other faults shield what it aims at, goes on until it struck enough. Thread-safe.
 */
final class Mischief {
    private static final Duration LATENCY = Duration.ofMillis(400);
    private static final Duration LOOK_GAP = Duration.ofMillis(250);
    private static final long CUT_AFTER_BYTES = 100;

    private final Sandbox sandbox;
    private final Fleet fleet;
    private final int guest;
    private final SandboxRegion source;
    private final SandboxRegion destination;
    private final BrokerTrouble broker;
    private final Progress progress;
    private final CountDownLatch calledOff = new CountDownLatch(1);
    private final List<Incident> underWay = new ArrayList<>();
    private final Map<FaultKind, Integer> happened = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Long> struck = new EnumMap<>(FaultKind.class);
    private boolean regionDown;

    /** @param guest number of the instance that comes and goes */
    Mischief(Sandbox sandbox, Fleet fleet, int guest, Progress progress) {
        this.sandbox = sandbox;
        this.fleet = fleet;
        this.guest = guest;
        this.broker = new BrokerTrouble(sandbox.kafka());
        this.progress = progress;
        this.source = sandbox.region(TwoRegions.PARIS);
        this.destination = sandbox.region(TwoRegions.FRANKFURT);
    }

    /**
     * Lets everything happen in its time, and returns when all of it is over.
     *
     * @param limit when incidents end even though they struck too little, from now
     */
    void run(List<Incident> schedule, Duration limit) throws InterruptedException {
        var began = System.nanoTime();
        var incidents = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var incident : schedule) {
                incidents.add(threads.submit(() -> live(incident, began, began + limit.toNanos())));
            }
            for (var incident : incidents) {
                incident.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an incident could not happen: " + e.getCause(), e.getCause());
        }
    }

    /** Ends what is under way and lets nothing more happen. */
    void callOff() {
        calledOff.countDown();
    }

    private Void live(Incident incident, long began, long end) throws IOException, InterruptedException {
        if (isCalledOffWithin(began + incident.at().toNanos() - System.nanoTime())) {
            return null;
        }
        var trouble = trouble(incident);
        begins(incident);
        try {
            trouble.begin();
            var off = isCalledOffWithin(incident.lasts().toNanos());
            while (!off && trouble.struck() < trouble.wanted() && System.nanoTime() < end) {
                trouble.insist();
                off = isCalledOffWithin(LOOK_GAP.toNanos());
            }
        } finally {
            trouble.end();
            ended(incident, trouble.struck());
        }
        return null;
    }

    private boolean isCalledOffWithin(long nanos) throws InterruptedException {
        return calledOff.await(nanos, TimeUnit.NANOSECONDS);
    }

    private synchronized void begins(Incident incident) {
        underWay.add(incident);
        happened.merge(incident.kind(), 1, Integer::sum);
    }

    private synchronized void ended(Incident incident, long times) {
        underWay.remove(incident);
        struck.merge(incident.kind(), times, Long::sum);
        progress.note("%s from %d s on is over, struck %d"
                .formatted(incident.kind(), incident.at().toSeconds(), times));
    }

    /** What goes on, in words. */
    synchronized String underWay() {
        return underWay.stream().map(Incident::kind).toList().toString();
    }

    /** How many incidents of each kind happened. */
    synchronized Map<FaultKind, Integer> happened() {
        return Map.copyOf(happened);
    }

    /** How much was struck by each kind of fault. */
    synchronized Map<FaultKind, Long> struck() {
        return Map.copyOf(struck);
    }

    private Trouble trouble(Incident incident) {
        return switch (incident.kind()) {
            case INSTANCE_KILLED ->
                new Outage(() -> fleet.kill(incident.instance()), () -> fleet.start(incident.instance()));
            case INSTANCE_STOPPED ->
                new Outage(() -> fleet.stop(incident.instance()), () -> fleet.start(incident.instance()));
            case INSTANCE_JOINS -> new Guest(fleet, guest, ChaosRun.nameOf(guest), sandbox.kafka()::admin);
            case CLIENTS_CUT_OFF -> new CutOff(sandbox.kafka().relay(incident.instance()));
            case BROKER_KILLED -> broker.killed();
            case BROKER_RESTARTED -> broker.stopped();
            case BROKER_DISK_FULL -> broker.diskFull();
            case REGION_DOWN -> new Outage(this::regionDown, this::regionUp);
            case SOURCE_FAILS -> reads(incident, new Fault.ServerError());
            case SERVER_ERRORS -> everywhere(incident, new Fault.ServerError());
            case SLOW_DOWN -> everywhere(incident, new Fault.SlowDown());
            case KMS_THROTTLED -> writes(incident, new Fault.KmsThrottled());
            case LATENCY -> everywhere(incident, new Fault.Delay(LATENCY));
            case LATE_ANSWERS -> changes(incident, new Fault.LateAnswer(LATENCY));
            case RESET_BEFORE -> everywhere(incident, new Fault.ResetBefore());
            case RESET_AFTER -> changes(incident, new Fault.ResetAfter());
            case ERROR_AFTER_EFFECT -> changes(incident, new Fault.ServerErrorAfterEffect());
            case ERROR_IN_SUCCESS ->
                requests(
                        incident,
                        new Fault.ErrorInSuccess(),
                        atDestination("CopyObject", "UploadPartCopy", "CompleteMultipartUpload"));
            case UPLOAD_CUT -> writes(incident, new Fault.ResetWhileReading(CUT_AFTER_BYTES));
            case TRUNCATED -> bodies(incident, new Fault.TruncatedAnswer(CUT_AFTER_BYTES));
            case CORRUPTED_READ -> bodies(incident, new Fault.CorruptedAnswer());
            case CORRUPTED_WRITE -> writes(incident, new Fault.CorruptedRequest());
            case DENIED -> writes(incident, new Fault.Denied());
        };
    }

    private synchronized boolean regionDown() {
        var wasUp = !regionDown;
        destination.server().stop();
        regionDown = true;
        return wasUp;
    }

    private synchronized void regionUp() {
        destination.server().restart();
        regionDown = false;
    }

    private Trouble everywhere(Incident incident, Fault fault) {
        return requests(incident, fault, Stream.of(destination.faults().anywhere()));
    }

    private Trouble writes(Incident incident, Fault fault) {
        return requests(incident, fault, atDestination("PutObject", "UploadPart"));
    }

    /** All that leaves something behind at the destination. */
    private Trouble changes(Incident incident, Fault fault) {
        return requests(
                incident, fault, atDestination("PutObject", "DeleteObject", "CopyObject", "CompleteMultipartUpload"));
    }

    private Stream<Aim> atDestination(String... operations) {
        return Stream.of(operations)
                .map(operation -> destination.faults().at(TwoRegions.DESTINATION_BUCKET, operation));
    }

    /** Those of the replicator: what writes to the source reads nothing. */
    private Trouble reads(Incident incident, Fault fault) {
        return requests(
                incident,
                fault,
                Stream.of("GetObject", "HeadObject", "GetObjectTagging", "ListObjectVersions")
                        .map(operation -> source.faults().at(TwoRegions.SOURCE_BUCKET, operation)));
    }

    private Trouble bodies(Incident incident, Fault fault) {
        return requests(incident, fault, Stream.of(source.faults().at(TwoRegions.SOURCE_BUCKET, "GetObject")));
    }

    private static Trouble requests(Incident incident, Fault fault, Stream<Aim> aims) {
        return new RequestTrouble(aims.toList(), fault, incident);
    }
}
