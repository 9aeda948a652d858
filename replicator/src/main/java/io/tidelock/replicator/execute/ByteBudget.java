package io.tidelock.replicator.execute;

import io.tidelock.domain.Bucket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the bytes of all bodies that move at the same time. Every destination that was ever written to has an equal share,
 * so that one that takes its bytes slowly, or not at all, holds up nobody else (promise P5); within a share, first come is
 * first served. A destination that moves nothing may always begin one body, however large. Thread-safe.
 */
final class ByteBudget {
    private final long bytesInFlightMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Bucket, Share> shares = new HashMap<>();
    private long moving;

    ByteBudget(long bytesInFlightMax) {
        this.bytesInFlightMax = bytesInFlightMax;
    }

    /** What one destination moves, and who waits for it. */
    private static final class Share {
        private final Deque<Condition> waiting = new ArrayDeque<>();
        private long moving;
    }

    /** Waits until a body of that length fits into the destination's share. */
    Grant take(Bucket destination, long lengthBytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var share = shares.computeIfAbsent(destination, _ -> new Share());
            awaitTurn(share, lengthBytes);
            share.moving += lengthBytes;
            moving += lengthBytes;
            return () -> giveBack(share, lengthBytes);
        } finally {
            callNext();
            lock.unlock();
        }
    }

    private void awaitTurn(Share share, long lengthBytes) throws InterruptedException {
        var turn = lock.newCondition();
        share.waiting.add(turn);
        try {
            while (!turn.equals(share.waiting.peek()) || !fits(share, lengthBytes)) {
                turn.await();
            }
        } finally {
            share.waiting.remove(turn);
        }
    }

    private boolean fits(Share share, long lengthBytes) {
        return share.moving == 0
                || (share.moving + lengthBytes <= bytesInFlightMax / shares.size()
                        && moving + lengthBytes <= bytesInFlightMax);
    }

    private void giveBack(Share share, long lengthBytes) {
        lock.lock();
        try {
            share.moving -= lengthBytes;
            moving -= lengthBytes;
            callNext();
        } finally {
            lock.unlock();
        }
    }

    /** The first of every destination looks whether it fits now. */
    private void callNext() {
        for (var share : shares.values()) {
            var first = share.waiting.peek();
            if (first != null) {
                first.signal();
            }
        }
    }

    /** A part of the budget, given back by closing. */
    @FunctionalInterface
    interface Grant extends AutoCloseable {
        @Override
        void close();
    }
}
