package io.tidelock.deploy.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.handoff.DeadLetter;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.RecordHeader;
import io.tidelock.ingest.handoff.RedriveNote;
import io.tidelock.ingest.kafka.JobWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells the events of dead letters again. Events and the notes that their letters are redriven are written in one
 * transaction, and of two runs the later one shuts the earlier one out before it reads the notes: so each letter is redriven
 * once, wherever a run breaks off. Used once; not thread-safe.
 */
public final class Redrive {
    /** The header of an event that was told again: where its letter stands. */
    public static final String REDRIVEN = "tidelock-redriven";

    private static final int BATCH_MAX = 500;

    private final TidelockConfig config;
    private final List<OutgoingRecord> events = new ArrayList<>();
    private final TreeMap<Integer, List<Long>> offsets = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();
    private int sinceFlush;
    private long letters;
    private long told;
    private long before;
    private long unreadable;

    public Redrive(TidelockConfig config) {
        this.config = config;
    }

    /**
     * What became of the letters that were meant.
     *
     * @param letters how many were redriven
     * @param events as how many events
     * @param before how many had been redriven before
     * @param unreadable how many still cannot be read
     * @param reasons why, each with an example
     */
    public record Result(long letters, long events, long before, long unreadable, Map<String, String> reasons) {
        public Result {
            reasons = Map.copyOf(reasons);
        }
    }

    /** Only counts. */
    public Result counted(LetterFilter filter) {
        try (var box = new LetterBox(config)) {
            box.each(filter, found -> {
                take(found);
                events.clear();
                offsets.clear();
            });
        }
        return result();
    }

    /**
     * Redrives all letters that are meant.
     *
     * @throws IllegalStateException when Kafka does not answer or refuses; what was redriven until then is noted
     */
    public Result run(LetterFilter filter) {
        // before the notes are read: from here on no other run writes any
        try (var writer = new JobWriter(
                        config.kafka(),
                        "redrive-" + config.topics().deadLetters().name());
                var box = new LetterBox(config)) {
            box.each(filter, found -> {
                take(found);
                if (events.size() >= BATCH_MAX || ++sinceFlush >= BATCH_MAX) {
                    flush(writer);
                }
            });
            flush(writer);
        }
        return result();
    }

    private void take(FoundLetter found) {
        var letter = found.letter();
        if (found.redriven()) {
            before++;
            return;
        }
        switch (found.meaning()) {
            case Meaning.Unreadable(var reason, var detail) -> {
                unreadable++;
                examples.putIfAbsent(reason, letter.id() + ": " + detail);
            }
            case Meaning.NoEvent() -> done(letter, List.of());
            case Meaning.Events(var again) -> done(letter, again);
        }
    }

    private void done(DeadLetter letter, List<BucketEvent> again) {
        var headers = headers(letter);
        again.forEach(
                event -> events.add(EventCodec.record(config.topics().events().name(), event, headers)));
        offsets.computeIfAbsent(letter.at().partition(), _ -> new ArrayList<>())
                .add(letter.at().offset());
        letters++;
        told += again.size();
    }

    /** Where the event came from in the first place, and the letter. */
    private static List<RecordHeader> headers(DeadLetter letter) {
        var original = letter.original();
        var origin = original.headers().stream()
                .filter(header -> header.name().equals(EventCodec.ORIGIN))
                .findFirst()
                .orElseGet(() -> new RecordHeader(
                        EventCodec.ORIGIN, (letter.reader() + " " + original.position()).getBytes(UTF_8)));
        return List.of(origin, new RecordHeader(REDRIVEN, letter.at().toString().getBytes(UTF_8)));
    }

    private void flush(JobWriter writer) {
        if (offsets.isEmpty()) {
            return;
        }
        var batch = new ArrayList<>(events);
        var topic = config.topics().deadLetters().name();
        offsets.forEach((partition, of) -> batch.add(new RedriveNote(partition, of).record(topic)));
        writer.write(batch);
        events.clear();
        offsets.clear();
        sinceFlush = 0;
    }

    private Result result() {
        return new Result(letters, told, before, unreadable, examples);
    }
}
