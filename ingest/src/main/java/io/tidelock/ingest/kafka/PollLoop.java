package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.kafka.LoopState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sole owner of a Kafka consumer and of a transactional producer, on a thread of its own: polls, hands records to a
 * handler, and writes the results of finished records together with the offsets in one transaction. Thread-safe.
 *
 * <p>A record's results are written exactly once, whatever restarts, rebalances and outages happen: offsets that are done
 * beyond the committed one are kept with the commit, and a transaction whose end nobody heard of is looked up before
 * anything else is written. The work itself may be done more than once.
 *
 * <p>While Kafka cannot be reached it keeps trying. A handler that fails stops its partition and no other.
 */
public final class PollLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
    private static final int SILENCE_SECONDS_MAX = 10;
    private static final Duration RECORDING = Duration.ofSeconds(5);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final UnaryOperator<Producer<byte[], byte[]>> producers;
    private final LoopSettings settings;
    private final RecordHandler handler;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Duration stopDeadline = Duration.ZERO;
    private volatile boolean endedComplete;
    private volatile LoopState state;
    private @Nullable String lastError;

    /** A loop that has not started. */
    public PollLoop(KafkaSettings kafka, LoopSettings settings, RecordHandler handler, InstantSource clock) {
        this(kafka, settings, handler, clock, UnaryOperator.identity());
    }

    /** A loop whose producers may be tampered with. */
    PollLoop(
            KafkaSettings kafka,
            LoopSettings settings,
            RecordHandler handler,
            InstantSource clock,
            UnaryOperator<Producer<byte[], byte[]>> producers) {
        this.clients = new KafkaClients(kafka);
        this.producers = producers;
        this.settings = settings;
        this.handler = handler;
        this.clock = clock;
        this.state = new LoopState(Phase.STARTING, clock.instant(), null, Map.of(), new TreeMap<>(), 0, 0);
        this.thread = Thread.ofPlatform().name("tidelock-" + settings.role()).unstarted(this::run);
    }

    /** Starts the thread and returns at once; what goes wrong is in {@link #state}. To be called once. */
    public void start() {
        thread.start();
    }

    /**
     * Lets go of all work, drains, commits, leaves the group and closes; blocks until that is done. Does nothing when it
     * has ended already or never began. Where Kafka does not answer, what was done is given up 5 s after the deadline, and the next
     * owner does it again.
     *
     * @param deadline how long begun work is waited for; all may take 10 s more
     * @return whether all begun work had ended and was recorded
     */
    public boolean stop(Duration deadline) {
        stopDeadline = deadline;
        stopping.countDown();
        try {
            if (!thread.join(deadline.plus(RECORDING))) {
                thread.interrupt(); // it waits for Kafka
            }
            return thread.join(CLOSING) && endedComplete;
        } catch (IllegalThreadStateException e) {
            return true; // never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What it is doing now. */
    public LoopState state() {
        return state;
    }

    private void run() {
        var backoff = new Backoff();
        try {
            while (stopping.getCount() > 0) {
                try {
                    live(backoff);
                } catch (FencedInstanceIdException e) {
                    fail("another process runs under the same instance name: give each its own `instance`", e);
                    return;
                } catch (KafkaException | LinkageError e) {
                    if (e instanceof LinkageError && !Refusals.isNotUnpacked(e)) {
                        throw e;
                    }
                    if (stopping.getCount() == 0) {
                        break;
                    }
                    trouble(clients.refusals().reading(e, clients.transactionalId(settings)));
                    publish(Phase.DISCONNECTED, null);
                    backoff.next();
                    var _ = stopping.await(backoff.remaining().toNanos(), TimeUnit.NANOSECONDS);
                }
            }
            publish(Phase.STOPPED, null);
        } catch (InterruptedException | RuntimeException | Error e) {
            fail("a bug ended the loop: " + e, e);
        }
    }

    private void live(Backoff backoff) {
        var session = new LoopSession(
                clients, () -> producers.apply(clients.transactional(settings)), settings, handler, this::trouble);
        try {
            session.join();
            while (stopping.getCount() > 0) {
                session.step();
                if (isSilent(session) && state.phase() != Phase.DISCONNECTED) {
                    trouble(clients.refusals().silence());
                }
                publish(phase(session), session);
                if (session.hasJoined()) {
                    backoff.reset();
                }
            }
            endedComplete = session.end(stopDeadline);
        } finally {
            session.close();
        }
    }

    private static boolean isSilent(LoopSession session) {
        return session.heartbeatAgeSeconds() > SILENCE_SECONDS_MAX;
    }

    /** Kafka may answer the group's questions and still take no result. */
    private static Phase phase(LoopSession session) {
        if (isSilent(session) || session.recordingFailsForSeconds() > SILENCE_SECONDS_MAX) {
            return Phase.DISCONNECTED;
        }
        return session.hasJoined() ? Phase.RUNNING : Phase.STARTING;
    }

    private void trouble(String what) {
        if (!what.equals(lastError)) {
            LOG.atWarn()
                    .addKeyValue("role", settings.role())
                    .addKeyValue("reason", what)
                    .log("trouble with Kafka");
        }
        lastError = what;
    }

    private void fail(String what, Throwable cause) {
        lastError = what;
        LOG.atError().addKeyValue("role", settings.role()).setCause(cause).log(what);
        publish(Phase.FAILED, null);
    }

    private void publish(Phase phase, @Nullable LoopSession session) {
        Instant since = phase == state.phase() ? state.since() : clock.instant();
        SortedMap<String, String> none = new TreeMap<>();
        state = session == null
                ? new LoopState(phase, since, lastError, Map.of(), none, 0, 0)
                : new LoopState(
                        phase,
                        since,
                        lastError,
                        session.inFlight().assigned(),
                        session.stopped(),
                        session.inFlight().records(),
                        session.inFlight().bytes());
    }
}
