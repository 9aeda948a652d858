package io.tidelock.scenarios.isolation;

import io.tidelock.sandbox.SandboxRegion;
import io.tidelock.sandbox.fault.Fault;
import java.time.Duration;

/** What befalls one destination of several. */
enum Strike {
    /** It takes requests and answers none. */
    HANGS,
    /** It answers each request two seconds late. */
    SLOW,
    /** It is not there: connections are refused. */
    DOWN;

    private static final Duration SLOW_BY = Duration.ofSeconds(2);

    /** Lets it begin. */
    void begin(SandboxRegion destination) {
        switch (this) {
            case HANGS -> destination.faults().anywhere().cause(new Fault.NoAnswer());
            case SLOW -> destination.faults().anywhere().cause(new Fault.Delay(SLOW_BY));
            case DOWN -> destination.server().stop();
        }
    }

    /** Lets all be well again, but for requests that hang already: they go on hanging until their client gives up. */
    void end(SandboxRegion destination) {
        switch (this) {
            case HANGS, SLOW -> destination.faults().clear();
            case DOWN -> destination.server().restart();
        }
    }
}
