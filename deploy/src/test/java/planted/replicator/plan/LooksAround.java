package planted.replicator.plan;

import java.time.Instant;
import java.util.Random;
import org.slf4j.LoggerFactory;
import planted.ingest.decode.LooksForward;

/** Breaks rules 2, 3, 5 and 6: decoding, a cycle, logging, time and chance in a room for planning. */
public final class LooksAround {
    public final Class<?> back = LooksForward.class;

    public Instant look() {
        LoggerFactory.getLogger(LooksAround.class).trace("Looking around");
        return Instant.now().plusMillis(new Random().nextInt(10));
    }
}
