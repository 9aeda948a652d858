package io.tidelock.replicator.execute;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What begun work is held by: as soon as it is let go, it may end what it does but not wait for another try. Thread-safe.
 */
public final class Leash implements Sleeper {
    private boolean letGo;
    private @Nullable Thread awaiting;

    /** Waits that long, or not at all once the work was let go. */
    @Override
    public synchronized void sleep(Duration delay) throws InterruptedException {
        var until = System.nanoTime() + delay.toNanos();
        for (var left = delay.toNanos(); left > 0 && !letGo; left = until - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        if (letGo) {
            throw new InterruptedException("the work was let go");
        }
    }

    /** Waits, unless the work was let go, and no longer than until it is. */
    @Override
    public <A> A await(Awaited<A> something) throws InterruptedException {
        synchronized (this) {
            if (letGo) {
                throw new InterruptedException("the work was let go");
            }
            awaiting = Thread.currentThread();
        }
        try {
            return something.come();
        } finally {
            synchronized (this) {
                awaiting = null;
            }
        }
    }

    /** Does something unless the work was let go, which waits meanwhile; whether it was done. */
    public synchronized boolean unlessLetGo(Runnable something) {
        if (!letGo) {
            something.run();
        }
        return !letGo;
    }

    /** The work is somebody else's soon: it is given up at its next wait. */
    public synchronized void letGo() {
        letGo = true;
        notifyAll();
        if (awaiting != null) {
            awaiting.interrupt();
        }
    }
}
