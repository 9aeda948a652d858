package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.Breakers;
import io.tidelock.replicator.park.ConcurrencyLimits;
import io.tidelock.replicator.park.ConcurrencySettings;
import io.tidelock.replicator.park.Gates;
import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.WayBack;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs operations between two stores in memory, and looks at what they left. */
final class Copying implements OutcomeObserver {
    static final int PART = 5 << 20;

    final TwoSides sides = new TwoSides();
    final List<FailureReason> retries = new ArrayList<>();
    final List<Operation> foreignMarks = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    final Gates gates = new Gates(
            new Breakers(BreakerSettings.DEFAULT, sides.clock),
            new ConcurrencyLimits(ConcurrencySettings.DEFAULT, 100));
    final InMemoryUploadLedger uploads = new InMemoryUploadLedger();
    private final ExecuteSettings settings;
    private OperationRunner runner;
    private int offset;

    Copying() {
        this(new ExecuteSettings(
                new TransferSettings(PART, PART, 3, 2L * PART),
                new RetrySettings(Duration.ofMillis(1), Duration.ofMillis(4), 40, 3),
                Duration.ofMinutes(1),
                3));
    }

    Copying(ExecuteSettings settings) {
        this.settings = settings;
        runner = runner();
    }

    private OperationRunner runner() {
        return new OperationRunner(sides.planner, settings, gates, uploads, this, sides.clock, new Random(1));
    }

    /** Another process takes over: of what the first one knew, only the ledger is left. */
    void restart() {
        runner = runner();
    }

    @Override
    public void foreignMark(Operation operation) {
        foreignMarks.add(operation);
    }

    @Override
    public void retried(Operation operation, FailureReason reason) {
        retries.add(reason);
    }

    Outcome run(BucketEvent event) {
        return run(sides.assignment(event), new Endpoint("frankfurt", sides.destination, "222"));
    }

    /** The replica goes to another bucket of the source's own store. */
    Outcome runWithin(BucketEvent event, ObjectKey replica) {
        var assignment = sides.assignment(event);
        return run(
                new Assignment(
                        event,
                        assignment.rule(),
                        replica,
                        assignment.history(),
                        AclPolicy.COPY,
                        sides.source.capabilities(),
                        true,
                        WayBack.NONE),
                source());
    }

    private Endpoint source() {
        return new Endpoint("paris", sides.source, "111");
    }

    /** How an operation ends that may get stuck. */
    RunEnd end(BucketEvent event) {
        return end(sides.assignment(event), new Endpoint("frankfurt", sides.destination, "222"));
    }

    private Outcome run(Assignment assignment, Endpoint destination) {
        return switch (end(assignment, destination)) {
            case RunEnd.Ended(var outcome) -> outcome;
            case RunEnd.Stuck stuck -> throw new AssertionError("stuck: " + stuck);
        };
    }

    private RunEnd end(Assignment assignment, Endpoint destination) {
        var operation = new Operation(
                new OperationId(new StreamPosition("events", 0, offset++), sides.rule.id()),
                assignment.event(),
                assignment.replica(),
                sides.clock.instant());
        try {
            return runner.run(operation, 0, new Route(assignment, source(), destination), waits::add);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A version of that size and the event that tells of it. */
    ObjectCreated created(byte[] bytes, long sequencer) {
        var id = sides.source.world().put(sides.key, bytes);
        return new ObjectCreated(
                sides.occurrence(id, sequencer, "ObjectCreated:Put", Cause.REQUEST), (long) bytes.length, null);
    }

    /** A version that was uploaded in parts of these sizes and keeps no checksum, and the event that tells of it. */
    ObjectCreated uploaded(byte[] bytes, int... partBytes) {
        var write = PlainWrite.of(sides.key, bytes.length);
        var upload = sides.source.startUpload(write);
        var parts = new ArrayList<Multipart.Part>();
        var from = 0;
        for (var length : partBytes) {
            var part = new ByteArrayInputStream(bytes, from, length);
            parts.add(sides.source.uploadPart(upload, parts.size() + 1, part, length));
            from += length;
        }
        var id = sides.source.completeUpload(upload, parts).id();
        return new ObjectCreated(
                sides.occurrence(id, 1L, "ObjectCreated:CompleteMultipartUpload", Cause.REQUEST),
                (long) bytes.length,
                null);
    }

    ObjectCreated created(String text, long sequencer) {
        return created(text.getBytes(UTF_8), sequencer);
    }

    static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    byte[] bytesOf(VersionId replica) {
        return sides.destination.world().bytes(new ObjectVersion(sides.replica, replica));
    }

    ObjectHead currentReplica() {
        return ((HeadAnswer.Present) sides.destination.head(sides.replica)).head();
    }

    /** The texts of the replica's versions, newest first; a marker is {@code -}. */
    List<String> replicaTexts() {
        return sides.destinationLayers().stream()
                .map(layer -> layer instanceof DataVersion ? new String(bytesOf(layer.id()), UTF_8) : "-")
                .toList();
    }

    /** Fails the first calls of one action. */
    static StoreHook failing(Moment when, StoreCall action, StoreFailure failure, int times) {
        var left = new AtomicInteger(times);
        return (moment, call, _) -> {
            if (moment == when && call == action && left.getAndDecrement() > 0) {
                throw new StoreException(failure, call.name(), "as the test wishes", null);
            }
        };
    }
}
