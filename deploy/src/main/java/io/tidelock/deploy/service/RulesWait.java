package io.tidelock.deploy.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits when the service starts for rules that cannot be read as a store does not answer, however long that takes: without them events would
 * end as if no rule knew their bucket.
 */
final class RulesWait {
    private static final Logger LOG = LoggerFactory.getLogger(RulesWait.class);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    private final Runnable reading;
    private final Duration pauseMin;
    private final Consumer<String> news;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * A wait that has not begun.
     *
     * @param reading reads all rules; is asked again while it throws {@link UnreachableRulesException}
     * @param pauseMin before it is asked again; doubles each time
     * @param news told why it still waits
     */
    RulesWait(Runnable reading, Duration pauseMin, Consumer<String> news) {
        this.reading = reading;
        this.pauseMin = pauseMin;
        this.news = news;
    }

    /**
     * Blocks until all rules have been read; once.
     *
     * @return whether they have; otherwise the wait was ended
     * @throws RuntimeException naming the bucket whose rules cannot be used, and the remedy
     */
    boolean await() throws InterruptedException {
        var pause = pauseMin;
        while (ended.getCount() > 0) {
            try {
                reading.run();
                return true;
            } catch (UnreachableRulesException e) {
                LOG.atWarn()
                        .addKeyValue("reason", e.getMessage())
                        .addKeyValue("next", pause)
                        .log("The service cannot start yet and waits for replication rules");
                news.accept("waits for replication rules: " + e.getMessage());
                if (ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
            }
        }
        return false;
    }

    /** Ends the wait from another thread. */
    void end() {
        ended.countDown();
    }
}
