package io.tidelock.replicator.park;

import io.tidelock.domain.Bucket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many operations run at once for each destination bucket: fewer as soon as it asks to slow down, slowly more as it
 * does not. Each destination's are counted by themselves, and who waits for a turn holds nothing but that. Thread-safe;
 * the buckets are those that rules name, so there are few.
 */
public final class ConcurrencyLimits {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimits.class);
    private static final double PERCENT = 100;

    private final Map<Bucket, Turns> destinations = new ConcurrentHashMap<>();
    private final ConcurrencySettings settings;
    private final int operationsMax;

    /** @param operationsMax {@code replicator.lanesMax}: what every destination begins with, and never has more than */
    public ConcurrencyLimits(ConcurrencySettings settings, int operationsMax) {
        this.settings = settings;
        this.operationsMax = operationsMax;
    }

    /**
     * What is known of one destination now.
     *
     * @param limit how many operations may run at once
     * @param inFlight how many do
     * @param throttled how many tries and parts it has told to slow down since the start
     */
    public record State(int limit, int inFlight, long throttled) {}

    /**
     * Waits for a turn, which has to be {@linkplain Turn#close closed}; first come, first served.
     *
     * @param atOnceMax how many may be in flight where something else bounds them too, from 1
     * @throws InterruptedException when the waiting is given up
     */
    public Turn enter(Bucket destination, int atOnceMax) throws InterruptedException {
        return of(destination).enter(atOnceMax);
    }

    /** Watches a request that belongs to an operation which has its turn. */
    public Turn watch(Bucket destination) {
        return of(destination).watch();
    }

    /** How often one operation may be told to slow down before it is parked. */
    public int throttledTriesMax() {
        return settings.throttledTriesMax();
    }

    /** How many wait for a turn of one destination. */
    int waiting(Bucket destination) {
        return of(destination).waiting();
    }

    /** How many operations may run at once for one destination now. */
    public int limit(Bucket destination) {
        return state(destination).limit();
    }

    /** What is known of one destination now. */
    public State state(Bucket destination) {
        var turns = destinations.get(destination);
        return turns == null ? new State(operationsMax, 0, 0) : turns.state();
    }

    private Turns of(Bucket destination) {
        return destinations.computeIfAbsent(destination, Turns::new);
    }

    /** What one try, or one part of it, has to say about its destination. Not thread-safe. */
    public static final class Turn implements AutoCloseable {
        private final Turns turns;
        private final long round;
        private final boolean counted;
        private final boolean atFloor;
        private final boolean throttled;

        private Turn(Turns turns, boolean counted) {
            this.turns = turns;
            this.counted = counted;
            this.round = turns.limit.round();
            this.atFloor = turns.limit.isAtFloor();
            this.throttled = turns.limit.refusedRounds() > 0;
        }

        /** Whether the destination had asked to slow down, and nothing else since, when it began. */
        public boolean isThrottled() {
            return throttled;
        }

        /** Whether it began when there was no way further down. */
        public boolean isAtFloor() {
            return atFloor;
        }

        /** It was answered, be it with a refusal, but not asked to slow down. */
        public void succeeded() {
            turns.tell(() -> turns.limit.succeeded(round));
        }

        /** It was asked to slow down; how many rounds in a row that has come to, from 1. */
        public int throttled() {
            return turns.throttled(round);
        }

        /** Lets the next one in. */
        @Override
        public void close() {
            if (counted) {
                turns.tell(turns.limit::left);
            }
        }
    }

    /** The turns of one destination. */
    private final class Turns {
        private final Bucket destination;
        private final ReentrantLock lock = new ReentrantLock();
        private final Deque<Condition> waiting = new ArrayDeque<>();
        private final AdaptiveLimit limit = new AdaptiveLimit(
                Math.min(settings.operationsMin(), operationsMax), operationsMax, 1 - settings.cutPercent() / PERCENT);

        Turns(Bucket destination) {
            this.destination = destination;
        }

        Turn enter(int atOnceMax) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                awaitFirst(atOnceMax);
                limit.entered();
                return new Turn(this, true);
            } finally {
                callNext();
                lock.unlock();
            }
        }

        private void awaitFirst(int atOnceMax) throws InterruptedException {
            var turn = lock.newCondition();
            waiting.add(turn);
            try {
                while (!turn.equals(waiting.peek()) || !limit.admits(atOnceMax)) {
                    turn.await();
                }
            } finally {
                waiting.remove(turn);
            }
        }

        private void callNext() {
            var first = waiting.peek();
            if (first != null) {
                first.signal();
            }
        }

        Turn watch() {
            lock.lock();
            try {
                return new Turn(this, false);
            } finally {
                lock.unlock();
            }
        }

        void tell(Runnable news) {
            lock.lock();
            try {
                news.run();
                callNext();
            } finally {
                lock.unlock();
            }
        }

        int throttled(long round) {
            lock.lock();
            try {
                var before = limit.limit();
                if (limit.throttled(round) && limit.limit() < before) {
                    LOG.atInfo()
                            .addKeyValue("destination", destination)
                            .addKeyValue("operationsAtOnce", limit.limit())
                            .log("A destination asks to slow down and gets less at once");
                }
                return Math.max(1, limit.refusedRounds());
            } finally {
                lock.unlock();
            }
        }

        int waiting() {
            lock.lock();
            try {
                return waiting.size();
            } finally {
                lock.unlock();
            }
        }

        State state() {
            lock.lock();
            try {
                return new State(limit.limit(), limit.inFlight(), limit.throttled());
            } finally {
                lock.unlock();
            }
        }
    }
}
