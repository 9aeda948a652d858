package io.tidelock.ingest;

import io.tidelock.ingest.decode.EventDecoder;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.kafka.LoopState;
import io.tidelock.ingest.kafka.PollLoop;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Starts a poll loop for each source, and stops them. */
public final class IngestVerticle extends VerticleBase {
    private final Map<String, PollLoop> loops = new TreeMap<>();
    private final Duration stopDeadline;

    /** Loops that have not started; what goes wrong later is in {@link #states}. */
    public IngestVerticle(IngestConfig config, IngestObserver observer, InstantSource clock) {
        stopDeadline = config.limits().drainDeadline();
        for (var source : config.sources()) {
            var handler = new IngestHandler(
                    source.name(),
                    config.eventsTopic(),
                    config.controlTopic(),
                    EventDecoder.of(source.format(), source.store()),
                    new DeadLetters(config.deadLettersTopic(), source.name()),
                    observer);
            loops.put(source.name(), new PollLoop(config.kafka(), config.loop(source), handler, clock));
        }
    }

    @Override
    public Future<?> start() {
        loops.values().forEach(PollLoop::start);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return Future.all(loops.values().stream()
                .map(loop -> vertx.executeBlocking(() -> loop.stop(stopDeadline), false))
                .toList());
    }

    /** The state of each source's loop by the source's name, for health checks. Thread-safe. */
    public SortedMap<String, LoopState> states() {
        var states = new TreeMap<String, LoopState>();
        loops.forEach((source, loop) -> states.put(source, loop.state()));
        return states;
    }
}
