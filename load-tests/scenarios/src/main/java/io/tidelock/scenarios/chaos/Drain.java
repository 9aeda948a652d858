package io.tidelock.scenarios.chaos;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits until the topics show an outcome of everything; gives up, saying what is missing, when it takes too long or nothing moves any more. */
final class Drain {
    private static final Duration LOOK_GAP = Duration.ofMillis(500);

    private final Audit audit;
    private final Duration limit;
    private final Duration stillLimit;

    /**
     * Has not begun to wait.
     *
     * @param limit how long it may take
     * @param stillLimit how long nothing may change
     */
    Drain(Audit audit, Duration limit, Duration stillLimit) {
        this.audit = audit;
        this.limit = limit;
        this.stillLimit = stillLimit;
    }

    /** Waits; empty when everything has its outcome, otherwise what is missing. */
    Optional<String> await(Progress progress) throws InterruptedException {
        var began = System.nanoTime();
        var changed = began;
        var standing = "";
        while (!audit.isComplete()) {
            var now = System.nanoTime();
            var next = audit.standing();
            if (!next.equals(standing)) {
                standing = next;
                changed = now;
                progress.stage(next);
            }
            if (now - began > limit.toNanos()) {
                return Optional.of("not drained within " + limit + ": " + standing);
            }
            if (now - changed > stillLimit.toNanos()) {
                return Optional.of("nothing has moved for " + stillLimit + ": " + standing);
            }
            pause();
        }
        return Optional.empty();
    }

    private static void pause() throws InterruptedException {
        if (new CountDownLatch(1).await(LOOK_GAP.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts this latch down");
        }
    }
}
