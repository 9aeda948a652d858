package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.SandboxRegion;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Aim;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.sandbox.fault.Planted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Lets the incidents of a schedule happen to the world of two regions and the instances beside it. */
final class Mischief {
    private static final int THREADS = 8;
    private static final Duration LATENCY = Duration.ofMillis(400);
    private static final long CUT_AFTER_BYTES = 100;

    private final Sandbox sandbox;
    private final Fleet fleet;
    private final SandboxRegion source;
    private final SandboxRegion destination;
    private final AtomicInteger regionOutages = new AtomicInteger();
    private final Map<FaultKind, List<Planted>> planted = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> happened = new EnumMap<>(FaultKind.class);

    Mischief(Sandbox sandbox, Fleet fleet) {
        this.sandbox = sandbox;
        this.fleet = fleet;
        this.source = sandbox.region(TwoRegions.PARIS);
        this.destination = sandbox.region(TwoRegions.FRANKFURT);
    }

    /** Lets everything happen in its time, and returns when all of it is over. */
    void run(List<Incident> schedule) throws InterruptedException {
        var ends = new ArrayList<Future<?>>();
        try (var timer = Executors.newScheduledThreadPool(THREADS)) {
            for (var incident : schedule) {
                var event = new Happening(incident);
                ends.add(timer.schedule(event::begin, incident.at().toMillis(), TimeUnit.MILLISECONDS));
                ends.add(timer.schedule(
                        event::end, incident.at().plus(incident.lasts()).toMillis(), TimeUnit.MILLISECONDS));
            }
            for (var end : ends) {
                try {
                    end.get();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("an incident could not happen: " + e.getCause(), e.getCause());
                }
            }
        }
    }

    /** How many incidents of each kind happened. */
    synchronized Map<FaultKind, Integer> happened() {
        return Map.copyOf(happened);
    }

    /** How many requests were struck by each kind of fault. */
    synchronized Map<FaultKind, Long> struck() {
        var struck = new EnumMap<FaultKind, Long>(FaultKind.class);
        planted.forEach((kind, all) ->
                struck.put(kind, all.stream().mapToLong(Planted::struck).sum()));
        return struck;
    }

    private synchronized void count(FaultKind kind, List<Planted> faults) {
        happened.merge(kind, 1, Integer::sum);
        if (!faults.isEmpty()) {
            planted.computeIfAbsent(kind, _ -> new ArrayList<>()).addAll(faults);
        }
    }

    /** An incident under way; its end waits for its beginning, which may take longer than it was to last. */
    private final class Happening {
        private final Incident incident;
        private List<Planted> faults = List.of();

        Happening(Incident incident) {
            this.incident = incident;
        }

        synchronized Void begin() throws InterruptedException {
            switch (incident.kind()) {
                case INSTANCE_KILLED -> fleet.kill(incident.instance());
                case INSTANCE_STOPPED -> fleet.stop(incident.instance());
                case BROKER_KILLED -> sandbox.kafka().kill();
                case BROKER_RESTARTED -> sandbox.kafka().stop();
                case REGION_DOWN -> {
                    if (regionOutages.getAndIncrement() == 0) {
                        destination.server().stop();
                    }
                }
                case SOURCE_FAILS -> faults = reads(new Fault.ServerError());
                case SERVER_ERRORS -> faults = everywhere(new Fault.ServerError());
                case SLOW_DOWN -> faults = everywhere(new Fault.SlowDown());
                case KMS_THROTTLED -> faults = writes(new Fault.KmsThrottled());
                case LATENCY -> faults = everywhere(new Fault.Delay(LATENCY));
                case LATE_ANSWERS -> faults = changes(new Fault.LateAnswer(LATENCY));
                case RESET_BEFORE -> faults = everywhere(new Fault.ResetBefore());
                case RESET_AFTER -> faults = changes(new Fault.ResetAfter());
                case ERROR_AFTER_EFFECT -> faults = changes(new Fault.ServerErrorAfterEffect());
                case UPLOAD_CUT -> faults = writes(new Fault.ResetWhileReading(CUT_AFTER_BYTES));
                case TRUNCATED -> faults = bodies(new Fault.TruncatedAnswer(CUT_AFTER_BYTES));
                case CORRUPTED_READ -> faults = bodies(new Fault.CorruptedAnswer());
                case CORRUPTED_WRITE -> faults = writes(new Fault.CorruptedRequest());
                case DENIED -> faults = writes(new Fault.Denied());
            }
            count(incident.kind(), faults);
            return null;
        }

        synchronized Void end() throws IOException {
            switch (incident.kind()) {
                case INSTANCE_KILLED, INSTANCE_STOPPED -> fleet.start(incident.instance());
                case BROKER_KILLED, BROKER_RESTARTED -> sandbox.kafka().start();
                case REGION_DOWN -> {
                    if (regionOutages.decrementAndGet() == 0) {
                        destination.server().restart();
                    }
                }
                case SOURCE_FAILS,
                        SERVER_ERRORS,
                        SLOW_DOWN,
                        KMS_THROTTLED,
                        LATENCY,
                        LATE_ANSWERS,
                        RESET_BEFORE,
                        RESET_AFTER,
                        ERROR_AFTER_EFFECT,
                        UPLOAD_CUT,
                        TRUNCATED,
                        CORRUPTED_READ,
                        CORRUPTED_WRITE,
                        DENIED -> faults.forEach(Planted::remove);
            }
            return null;
        }

        private List<Planted> everywhere(Fault fault) {
            return plant(fault, Stream.of(destination.faults().anywhere()));
        }

        private List<Planted> writes(Fault fault) {
            return plant(
                    fault,
                    Stream.of("PutObject", "UploadPart")
                            .map(operation -> destination.faults().at(TwoRegions.DESTINATION_BUCKET, operation)));
        }

        /** All that leaves something behind at the destination. */
        private List<Planted> changes(Fault fault) {
            return plant(
                    fault,
                    Stream.of("PutObject", "DeleteObject", "CopyObject", "CompleteMultipartUpload")
                            .map(operation -> destination.faults().at(TwoRegions.DESTINATION_BUCKET, operation)));
        }

        /** Those of the replicator: what writes to the source reads nothing. */
        private List<Planted> reads(Fault fault) {
            return plant(
                    fault,
                    Stream.of("GetObject", "HeadObject", "GetObjectTagging", "ListObjectVersions")
                            .map(operation -> source.faults().at(TwoRegions.SOURCE_BUCKET, operation)));
        }

        private List<Planted> bodies(Fault fault) {
            return plant(fault, Stream.of(source.faults().at(TwoRegions.SOURCE_BUCKET, "GetObject")));
        }

        private List<Planted> plant(Fault fault, Stream<Aim> aims) {
            return aims.map(aim ->
                            aim.sometimes(incident.share(), incident.seed()).cause(fault))
                    .toList();
        }
    }
}
