package io.tidelock.deploy.service;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;

/** Reads the rules that source buckets hold again and again, one reading at a time. */
final class RulesVerticle extends VerticleBase {
    private final LiveRules rules;
    private final Runnable changed;
    private final Duration every;
    private Future<?> reading = Future.succeededFuture();
    private long timer;

    /**
     * @param changed told when other rules are in force; may block
     * @param every the pause between two readings
     */
    RulesVerticle(LiveRules rules, Duration every, Runnable changed) {
        this.rules = rules;
        this.every = every;
        this.changed = changed;
    }

    @Override
    public Future<?> start() {
        schedule();
        return Future.succeededFuture();
    }

    private void schedule() {
        timer = vertx.setTimer(every.toMillis(), _ -> read());
    }

    private void read() {
        reading = vertx.executeBlocking(
                        () -> {
                            if (rules.refresh()) {
                                changed.run();
                            }
                            return null;
                        },
                        false)
                .onComplete(_ -> schedule());
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        return reading.transform(_ -> {
            vertx.cancelTimer(timer);
            return Future.succeededFuture();
        });
    }
}
