package io.tidelock.ingest;

import io.tidelock.ingest.decode.SourceFormat;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.LoopSettings;
import io.tidelock.ingest.kafka.LoopSettings.Limits;
import io.tidelock.ingest.kafka.Subscription;
import java.util.HashSet;
import java.util.List;

/**
 * What ingest reads and where it writes.
 *
 * @param eventsTopic {@code kafka.topics.events}
 * @param deadLettersTopic {@code kafka.topics.deadLetters}
 * @param controlTopic {@code kafka.topics.control}
 * @param sources {@code sources}, each with a name of its own
 * @param limits the bounds of each source's loop
 */
public record IngestConfig(
        KafkaSettings kafka,
        String eventsTopic,
        String deadLettersTopic,
        String controlTopic,
        List<Source> sources,
        Limits limits) {
    /**
     * One stream of notifications.
     *
     * @param name letters, digits, dots, underscores and hyphens, at most 50
     * @param store the configured store that its events speak of
     */
    public record Source(String name, Subscription subscription, String store, SourceFormat format) {
        public Source {
            if (!name.matches("[A-Za-z0-9._-]{1,50}")) {
                throw new IllegalArgumentException(
                        "sources: a name has 1 to 50 letters, digits, dots, underscores or hyphens, was \"" + name
                                + "\"");
            }
        }
    }

    public IngestConfig {
        sources = List.copyOf(sources);
        var names = new HashSet<String>();
        for (var source : sources) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("sources: the name " + source.name() + " is given twice");
            }
            for (var own : List.of(eventsTopic, deadLettersTopic, controlTopic)) {
                if (reads(source.subscription(), own)) {
                    throw new IllegalArgumentException("sources." + source.name() + " reads Tidelock's own topic " + own
                            + ": name only topics that stores write to");
                }
            }
        }
    }

    private static boolean reads(Subscription subscription, String topic) {
        return switch (subscription) {
            case Subscription.Topics(var names) -> names.contains(topic);
            case Subscription.Matching(var pattern) -> pattern.matcher(topic).matches();
        };
    }

    /** The consumer group of a source; each source has its own, so that one that stands still holds up no other. */
    public static String group(String source) {
        return "tidelock-ingest-" + source;
    }

    LoopSettings loop(Source source) {
        return new LoopSettings("ingest-" + source.name(), group(source.name()), source.subscription(), limits);
    }
}
