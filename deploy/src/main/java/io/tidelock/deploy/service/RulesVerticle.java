package io.tidelock.deploy.service;

import io.tidelock.ingest.handoff.ControlCodec;
import io.tidelock.ingest.handoff.ControlCodec.RulesChanged;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.TopicTail;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rules that source buckets hold again and again, and whenever an event says that they changed; one reading at a time. */
final class RulesVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(RulesVerticle.class);

    private final LiveRules rules;
    private final Runnable changed;
    private final Duration every;
    private final TopicTail control;
    private Future<?> reading = Future.succeededFuture();
    private long timer;
    private boolean again;
    private boolean busy;

    /**
     * @param changed told when other rules are in force; may block
     * @param every the pause between two readings
     * @param kafka where requests to read them at once are found
     * @param controlTopic {@code kafka.topics.control}
     */
    RulesVerticle(LiveRules rules, Duration every, KafkaSettings kafka, String controlTopic, Runnable changed) {
        this.rules = rules;
        this.every = every;
        this.changed = changed;
        this.control = new TopicTail(kafka, controlTopic, this::told);
    }

    @Override
    public Future<?> start() {
        schedule();
        control.start();
        return Future.succeededFuture();
    }

    /** On the tail's thread. */
    private void told(List<byte[]> requests) {
        var asked = false;
        for (var request : requests) {
            switch (ControlCodec.decode(request)) {
                case RulesChanged _ -> asked = true;
                case ControlCodec.Unknown(var detail) ->
                    LOG.atWarn()
                            .addKeyValue("problem", detail)
                            .log("A request to all instances cannot be read and is passed over; if a newer Tidelock"
                                    + " wrote it, update this instance");
            }
        }
        if (asked) {
            context.runOnContext(_ -> readNow());
        }
    }

    private void readNow() {
        if (busy) {
            again = true;
        } else {
            vertx.cancelTimer(timer);
            read();
        }
    }

    private void schedule() {
        timer = vertx.setTimer(every.toMillis(), _ -> read());
    }

    private void read() {
        busy = true;
        reading = vertx.executeBlocking(
                        () -> {
                            if (rules.refresh()) {
                                changed.run();
                            }
                            return null;
                        },
                        false)
                .onComplete(_ -> done());
    }

    private void done() {
        busy = false;
        if (again) {
            again = false;
            read();
        } else {
            schedule();
        }
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        busy = true;
        return vertx.executeBlocking(
                        () -> {
                            control.close();
                            return null;
                        },
                        false)
                .compose(_ -> {
                    again = false;
                    return reading.otherwiseEmpty();
                })
                .transform(_ -> {
                    vertx.cancelTimer(timer);
                    return Future.succeededFuture();
                });
    }
}
