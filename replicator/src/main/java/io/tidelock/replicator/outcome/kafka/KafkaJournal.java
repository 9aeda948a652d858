package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.kafka.KeyHistory;
import io.tidelock.replicator.outcome.Journal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all outcomes of a partition when first asked for one of its keys, and from then on only what came since. Until a
 * partition that holds very many is read to its end, nothing is told of it. Thread-safe; blocks.
 */
public final class KafkaJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);
    /** So many are read for one question, which takes some seconds. */
    private static final int RECORDS_MAX = 1_000_000;

    private final KeyHistory outcomes;
    private final String topic;
    private final Map<Integer, Long> positions = new HashMap<>();
    private @Nullable String newer;
    private final JournalMemory memory = new JournalMemory(JournalMemory.BITS, JournalMemory.FAILURES_MAX);

    /** @param topic {@code kafka.topics.outcomes} */
    public KafkaJournal(KeyHistory outcomes, String topic) {
        this.outcomes = outcomes;
        this.topic = topic;
    }

    @Override
    public synchronized Entry of(ObjectKey source, VersionId version, @Nullable String eTag, ObjectKey replica) {
        try {
            var all = outcomes.follow(topic, source.recordKey().getBytes(UTF_8), positions, RECORDS_MAX, value -> {
                switch (OutcomeCodec.decode(value)) {
                    case OutcomeCodec.Read(var outcome) -> memory.add(outcome);
                    case OutcomeCodec.Newer(var detail) -> newer = detail;
                    case OutcomeCodec.Unreadable(var detail) ->
                        LOG.atError()
                                .addKeyValue("topic", topic)
                                .addKeyValue("problem", detail)
                                .log("A record among the outcomes cannot be read: what it told of is unknown to the"
                                        + " sweep");
                }
            });
            if (!all) {
                LOG.atInfo().addKeyValue("topic", topic).log("Outcomes are still being read for the sweep");
                return Entry.UNREADABLE;
            }
        } catch (IllegalStateException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("problem", e.getMessage())
                    .log("Outcomes cannot be read");
            return Entry.UNREADABLE;
        }
        if (newer != null) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("problem", newer)
                    .log("Outcomes of a newer Tidelock cannot be read; update this instance");
            return Entry.UNREADABLE;
        }
        return memory.of(source, version, eTag, replica);
    }
}
