package io.tidelock.deploy.letter;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.ingest.handoff.DeadLetterReader;
import io.tidelock.ingest.handoff.SourceRecord;
import io.tidelock.ingest.kafka.TopicScan;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The dead letters that there are at a moment. The topic is read twice: for the notes of what was redriven, of which a bit a
 * letter is kept, and for the letters, of which none is. Not thread-safe.
 */
public final class LetterBox implements AutoCloseable {
    private final TopicScan scan;
    private final LetterDecoder decoder;
    private final Map<Integer, Redriven> redriven = new HashMap<>();
    private long foreign;

    /** Offsets of one partition, counted from the first record that was seen. */
    private record Redriven(long first, BitSet offsets) {
        void add(long offset) {
            if (offset >= first) {
                offsets.set(Math.toIntExact(offset - first));
            }
        }

        boolean has(long offset) {
            return offset >= first && offsets.get(Math.toIntExact(offset - first));
        }
    }

    /** @throws IllegalStateException when the topic cannot be read */
    public LetterBox(TidelockConfig config) {
        decoder = new LetterDecoder(config);
        scan = new TopicScan(config.kafka(), config.topics().deadLetters().name());
        try {
            readNotes();
        } catch (RuntimeException e) {
            scan.close();
            throw e;
        }
    }

    private void readNotes() {
        var reader = new DeadLetterReader();
        scan.read(record -> {
            var seen = redriven.computeIfAbsent(
                    record.position().partition(),
                    _ -> new Redriven(record.position().offset(), new BitSet()));
            switch (reader.read(record)) {
                case DeadLetterReader.Note(var note) -> note.offsets().forEach(seen::add);
                case DeadLetterReader.Unreadable _ -> foreign++;
                case DeadLetterReader.Letter _, DeadLetterReader.Part _ -> {}
            }
        });
    }

    /** Hands out the letters that are meant, those of one partition in the order in which they became some. */
    public void each(LetterFilter filter, Consumer<FoundLetter> found) {
        var reader = new DeadLetterReader();
        var since = filter.since();
        Consumer<SourceRecord> each = record -> {
            if (reader.read(record) instanceof DeadLetterReader.Letter(var letter)) {
                var meaning = decoder.meaning(letter);
                if (filter.selects(letter, meaning)) {
                    var seen = redriven.get(letter.at().partition());
                    found.accept(new FoundLetter(
                            letter,
                            meaning,
                            seen != null && seen.has(letter.at().offset())));
                }
            }
        };
        if (since == null) {
            scan.read(each);
        } else {
            scan.readSince(since, each);
        }
    }

    /** How many records of the topic Tidelock has not written. */
    public long foreign() {
        return foreign;
    }

    @Override
    public void close() {
        scan.close();
    }
}
