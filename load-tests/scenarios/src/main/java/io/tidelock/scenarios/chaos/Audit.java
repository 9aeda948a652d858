package io.tidelock.scenarios.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Promise P4 as Tidelock's topics show it: each event that was told is one record of {@code tidelock.events} or one dead letter, each of those
 * records has exactly one outcome, each that failed a dead letter of its own, and nothing is parked for good. Reads the records as JSON, with no
 * code of the service. Used by one thread.
 */
final class Audit implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENTS = "tidelock.events";
    private static final int SHOWN_MAX = 5;

    private final TopicTail told;
    private final TopicTail events;
    private final TopicTail outcomes;
    private final TopicTail parked;
    private final TopicTail deadLetters;
    private final AtomicLong toldCount = new AtomicLong();
    private final Set<Position> unreadable = new HashSet<>();
    private final Set<Position> lettersOfFailed = new HashSet<>();
    private final Set<Position> failed = new HashSet<>();
    private final Set<Position> accepted = new HashSet<>();
    private final Set<Position> ended = new HashSet<>();
    private final Set<Position> everParked = new HashSet<>();
    private final Map<String, Long> byResult = new TreeMap<>();
    private final List<String> repeated = new ArrayList<>();
    private final Map<Position, Failure> failures = new HashMap<>();
    private long parkedRecords;
    private long restacks;
    private long looks;

    /** Reads from the topics' beginnings. */
    Audit(String bootstrapServers) {
        told = new TopicTail(bootstrapServers, TwoRegions.EVENTS_TOPIC);
        events = new TopicTail(bootstrapServers, EVENTS);
        outcomes = new TopicTail(bootstrapServers, "tidelock.outcomes");
        parked = new TopicTail(bootstrapServers, "tidelock.parked");
        deadLetters = new TopicTail(bootstrapServers, "tidelock.dead-letters");
    }

    /** Where an event stands in its topic; in {@code tidelock.events} and with one rule it names an operation. */
    private record Position(int partition, long offset) {}

    /** An outcome {@code failed}: which version, and why. */
    record Failure(String versionId, String reason) {}

    /** Reads on, and says whether everything that was accepted has an outcome. */
    boolean isComplete() {
        told.read(_ -> toldCount.incrementAndGet());
        deadLetters.read(this::letter);
        events.read(this::accepted);
        parked.read(this::parked);
        outcomes.read(this::ended);
        return accepted.size() - looks + unreadable.size() == toldCount.get()
                && ended.equals(accepted)
                && lettersOfFailed.equals(failed);
    }

    /** How far it is and what is missing, in words. */
    String standing() {
        var missing = new ArrayList<String>();
        var events = accepted.size() - looks;
        if (events + unreadable.size() != toldCount.get()) {
            missing.add((toldCount.get() - unreadable.size() - events) + " events in " + EVENTS);
        }
        describe(missing, "outcomes", accepted, ended);
        describe(missing, "events of outcomes", ended, accepted);
        describe(missing, "dead letters of failed operations", failed, lettersOfFailed);
        describe(missing, "failures of dead letters", lettersOfFailed, failed);
        return "%d told, %d accepted, %d unreadable, %d ended; missing: %s"
                .formatted(
                        toldCount.get(),
                        accepted.size(),
                        unreadable.size(),
                        ended.size(),
                        missing.isEmpty() ? "nothing" : String.join(", ", missing));
    }

    private void describe(List<String> into, String what, Set<Position> wanted, Set<Position> found) {
        var missing = wanted.stream().filter(at -> !found.contains(at)).toList();
        if (!missing.isEmpty()) {
            into.add(missing.size() + " " + what + ", such as "
                    + missing.stream()
                            .limit(SHOWN_MAX)
                            .map(at -> at + (everParked.contains(at) ? " which was parked" : ""))
                            .toList());
        }
    }

    /** Letters of the service's own topics are of failed operations, those of the others of records that could not be read. */
    private void letter(ConsumerRecord<byte[], byte[]> record) {
        var topic = header(record, "tidelock-topic");
        var at = new Position(
                Integer.parseInt(header(record, "tidelock-partition")),
                Long.parseLong(header(record, "tidelock-offset")));
        if (topic.equals(EVENTS)) {
            lettersOfFailed.add(at);
        } else if (topic.equals(TwoRegions.EVENTS_TOPIC)) {
            unreadable.add(at);
        } else {
            throw new IllegalStateException("a dead letter of an unknown topic: " + topic);
        }
    }

    /** Looks after takeovers were told by nobody, and end like everything else. */
    private void accepted(ConsumerRecord<byte[], byte[]> record) {
        accepted.add(new Position(record.partition(), record.offset()));
        looks += json(record).path("purpose").asText("").equals("TAKEOVER") ? 1 : 0;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private void parked(ConsumerRecord<byte[], byte[]> record) {
        parkedRecords++;
        everParked.add(positionOf(json(record)));
    }

    private void ended(ConsumerRecord<byte[], byte[]> record) {
        var outcome = json(record);
        var at = positionOf(outcome);
        var result = outcome.get("result").textValue();
        var reason = outcome.path("reason").asText("");
        byResult.merge(reason.isEmpty() ? result : result + "(" + reason + ")", 1L, Long::sum);
        restacks += outcome.path("restacked").asBoolean() ? 1 : 0;
        if (!ended.add(at)) {
            repeated.add(at + " " + outcome);
        }
        if (result.equals("failed")) {
            failed.add(at);
            failures.put(at, new Failure(outcome.path("event").path("versionId").asText(), reason));
        }
    }

    private static Position positionOf(JsonNode record) {
        if (!record.get("topic").textValue().equals(EVENTS)) {
            throw new IllegalStateException("an operation of an unknown topic: " + record);
        }
        return new Position(
                record.get("partition").intValue(), record.get("offset").longValue());
    }

    private static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException("a record of " + record.topic() + " is no JSON", e);
        }
    }

    /** Operations accepted so far. */
    long accepted() {
        return accepted.size();
    }

    /** Outcomes of operations that had one already. */
    List<String> repeated() {
        return List.copyOf(repeated);
    }

    /** Outcomes by result and reason. */
    Map<String, Long> byResult() {
        return Map.copyOf(byResult);
    }

    /** Hands out what failed since the last time. */
    List<Failure> takeFailures() {
        var taken = List.copyOf(failures.values());
        failures.clear();
        return taken;
    }

    /** Outcomes that say that what was on top was put back on top. */
    long restacks() {
        return restacks;
    }

    /** How many operations were ever parked, and in how many records. */
    String parkedText() {
        return everParked.size() + " operations in " + parkedRecords + " records";
    }

    /** Events told, and records that could not be read. */
    String toldText() {
        return toldCount + " told, " + unreadable.size() + " unreadable, " + lettersOfFailed.size() + " failed";
    }

    @Override
    public void close() {
        told.close();
        events.close();
        outcomes.close();
        parked.close();
        deadLetters.close();
    }
}
