package io.tidelock.replicator.park;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.tidelock.domain.Bucket;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One circuit breaker a destination bucket, so that one that is dead costs the others nothing (promise P5). It opens by
 * the share of tries that found the bucket unavailable or throttling; then a few probes decide whether it closes.
 * Thread-safe; the buckets are those that rules name, so there are few.
 */
public final class Breakers {
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final int CONCLUSIVE_PART = 5;

    private final CircuitBreakerConfig config;
    private final Map<Bucket, Watched> breakers = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration openFor;

    /** Everything is closed: all buckets take work until they are seen to fail. */
    public Breakers(BreakerSettings settings, InstantSource clock) {
        this.clock = clock;
        this.openFor = settings.openFor();
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.callsWatched())
                .minimumNumberOfCalls(Math.max(2, settings.callsWatched() / CONCLUSIVE_PART))
                .failureRateThreshold(settings.failurePercent())
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .clock(clock.withZone(ZoneOffset.UTC))
                .writableStackTraceEnabled(false)
                .build();
    }

    /** What a breaker lets through. */
    public enum Passage {
        /** Everything. */
        CLOSED,
        /** A few probes. */
        HALF_OPEN,
        /** Nothing. */
        OPEN
    }

    /** How one try ended, as far as its destination is concerned. */
    public enum Result {
        /** The destination answered, be it with a refusal. */
        ANSWERED,
        /** The destination did not answer, failed, or asked to slow down. */
        FAILED,
        /** The try says nothing about it. */
        UNKNOWN
    }

    private record Watched(CircuitBreaker breaker, AtomicLong openedMillis) {}

    /** Whether a try may begin; every one that may must be {@linkplain #ended ended}. */
    public boolean begin(Bucket destination) {
        return watched(destination).breaker().tryAcquirePermission();
    }

    /** A try that was allowed to begin has ended. */
    public void ended(Bucket destination, Result result) {
        var breaker = watched(destination).breaker();
        switch (result) {
            case ANSWERED -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            case FAILED -> breaker.onError(0, TimeUnit.NANOSECONDS, new DestinationFailure());
            case UNKNOWN -> breaker.releasePermission();
        }
    }

    /** Whether it is worth while to begin a try now. */
    public boolean permits(Bucket destination) {
        return passage(destination) != Passage.OPEN;
    }

    /** What the breaker of one destination lets through now. */
    public Passage passage(Bucket destination) {
        var watched = breakers.get(destination);
        if (watched == null) {
            return Passage.CLOSED;
        }
        return switch (watched.breaker().getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> Passage.CLOSED;
            case HALF_OPEN -> Passage.HALF_OPEN;
            case OPEN, FORCED_OPEN -> hasWaited(watched) ? Passage.HALF_OPEN : Passage.OPEN;
        };
    }

    private boolean hasWaited(Watched watched) {
        return clock.millis() - watched.openedMillis().get() >= openFor.toMillis();
    }

    private Watched watched(Bucket destination) {
        return breakers.computeIfAbsent(destination, this::watch);
    }

    private Watched watch(Bucket destination) {
        var breaker = CircuitBreaker.of(destination.toString(), config);
        var openedMillis = new AtomicLong();
        breaker.getEventPublisher().onStateTransition(event -> {
            var to = event.getStateTransition().getToState();
            if (to == State.OPEN) {
                openedMillis.set(clock.millis());
            }
            LOG.atWarn()
                    .addKeyValue("destination", destination)
                    .addKeyValue("state", to)
                    .log("the breaker of a destination has changed");
        });
        return new Watched(breaker, openedMillis);
    }

    /** Stands for whatever went wrong; the breaker only counts. */
    private static final class DestinationFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DestinationFailure() {
            super("failed", null, false, false);
        }
    }
}
