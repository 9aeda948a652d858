package io.tidelock.ingest.kafka;

import io.tidelock.ingest.order.OffsetLedger.Commit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one transaction writes: for each partition its results, and the offset that may be committed with them. */
record Batch(SequencedMap<OwnedPartition, Commit> commits) {
    boolean isEmpty() {
        return commits.isEmpty();
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        var offsets = new LinkedHashMap<TopicPartition, OffsetAndMetadata>();
        commits.forEach((partition, commit) ->
                offsets.put(partition.at(), new OffsetAndMetadata(commit.offset(), commit.metadata())));
        return offsets;
    }
}
