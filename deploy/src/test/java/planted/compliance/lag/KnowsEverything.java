package planted.compliance.lag;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import org.apache.kafka.common.TopicPartition;
import planted.replicator.Inside;
import software.amazon.awssdk.regions.Region;

/** Breaks rules 2 and 4: the inside of the replicator, and four technologies in a room named after none. */
public final class KnowsEverything {
    public final Class<?>[] known = {
        Inside.class, SimpleMeterRegistry.class, Vertx.class, TopicPartition.class, Region.class
    };
}
