package io.tidelock.deploy.service;

import io.tidelock.deploy.meter.BacklogMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Asks Kafka for the backlog again and again, one question at a time. */
final class BacklogVerticle extends VerticleBase {
    private static final long PAUSE_MILLIS = 5_000;

    private final BacklogMeters meters;
    private Future<?> asking = Future.succeededFuture();
    private boolean stopping;
    private long timer;

    BacklogVerticle(BacklogMeters meters) {
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        ask();
        return Future.succeededFuture();
    }

    private void ask() {
        asking = vertx.executeBlocking(
                        () -> {
                            meters.refresh();
                            return null;
                        },
                        false)
                .onComplete(_ -> {
                    if (!stopping) {
                        timer = vertx.setTimer(PAUSE_MILLIS, _ -> ask());
                    }
                });
    }

    /** A question that waits for Kafka is given up. */
    @Override
    public Future<?> stop() {
        stopping = true;
        vertx.cancelTimer(timer);
        return vertx.executeBlocking(
                        () -> {
                            meters.close();
                            return null;
                        },
                        false)
                .eventually(() -> asking);
    }
}
