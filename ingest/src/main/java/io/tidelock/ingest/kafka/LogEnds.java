package io.tidelock.ingest.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where logs end, also behind open transactions: what was written before the question was asked lies before the answer. */
final class LogEnds {
    private LogEnds() {}

    /**
     * Asks Kafka.
     *
     * @throws ExecutionException when it does not answer or refuses
     */
    static Map<TopicPartition, Long> of(Admin admin, Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        var question = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get()
                .forEach((at, end) -> ends.put(at, end.offset()));
        return ends;
    }
}
