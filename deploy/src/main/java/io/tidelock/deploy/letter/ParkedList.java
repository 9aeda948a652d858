package io.tidelock.deploy.letter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import io.tidelock.domain.Bucket;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.kafka.TopicScan;
import io.tidelock.replicator.outcome.Parked;
import io.tidelock.replicator.outcome.kafka.ParkedCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.TreeMap;

/** What is parked at a moment, counted by destination and reason. Not thread-safe. */
public final class ParkedList {
    private final Instant now;
    private final TreeMap<Place, Waiting> waiting = new TreeMap<>(
            Comparator.comparing((Place place) -> place.destination.toString()).thenComparing(Place::reason));
    private long unreadable;

    private record Place(Bucket destination, String reason) {}

    private record Waiting(long operations, Instant oldest) {
        Waiting and(Waiting other) {
            return new Waiting(operations + other.operations, oldest.isBefore(other.oldest) ? oldest : other.oldest);
        }
    }

    private ParkedList(Instant now) {
        this.now = now;
    }

    /**
     * Reads what the replicators have not done of the parked topic.
     *
     * @throws IllegalStateException when it cannot be read
     */
    public static ParkedList read(TidelockConfig config, Instant now) {
        var list = new ParkedList(now);
        try (var scan = new TopicScan(config.kafka(), config.topics().parked().name())) {
            scan.readUnfinished(config.replicator().group(), list::add);
        }
        return list;
    }

    private void add(SourceRecord record) {
        switch (ParkedCodec.decode(record.value())) {
            case ParkedCodec.Read(var parked) -> waiting.merge(place(parked), one(parked), Waiting::and);
            case ParkedCodec.Newer _, ParkedCodec.Unreadable _ -> unreadable++;
        }
    }

    private static Place place(Parked parked) {
        var replica = Objects.requireNonNull(parked.operation().replica(), "parked work has a replica key");
        return new Place(replica.bucket(), parked.reason().name());
    }

    private static Waiting one(Parked parked) {
        return new Waiting(1, parked.operation().acceptedAt());
    }

    private long total() {
        return waiting.values().stream().mapToLong(Waiting::operations).sum();
    }

    private Duration age(Waiting one) {
        return Duration.ofSeconds(Math.max(0, Duration.between(one.oldest, now).toSeconds()));
    }

    /** For people. */
    public String table() {
        var text = new StringBuilder();
        waiting.forEach((place, one) -> text.append("%8d  %s (%s), the oldest for %s%n"
                .formatted(one.operations, PlainText.line(place.destination.toString()), place.reason, age(one))));
        text.append("%8d  %s parked%n".formatted(total(), total() == 1 ? "operation is" : "operations are"));
        if (unreadable > 0) {
            text.append(
                    "%8d  %s of the topic cannot be read%n".formatted(unreadable, Counted.name(unreadable, "record")));
        }
        return text.toString();
    }

    /** For machines: {@code parked}, {@code unreadable} and {@code destinations}. */
    public ObjectNode json() {
        var root = JsonNodeFactory.instance.objectNode().put("parked", total()).put("unreadable", unreadable);
        var destinations = root.putArray("destinations");
        waiting.forEach((place, one) -> destinations
                .addObject()
                .put("destination", place.destination.toString())
                .put("reason", place.reason)
                .put("operations", one.operations)
                .put("oldest", one.oldest.toString())
                .put("oldestAgeSeconds", age(one).toSeconds()));
        return root;
    }
}
