package io.tidelock.deploy.letter;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.ingest.decode.Decoded;
import io.tidelock.ingest.decode.EventDecoder;
import io.tidelock.ingest.handoff.DeadLetter;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.outcome.kafka.ParkedCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the records of dead letters again: those of Tidelock's topics by their codecs, others as their source says. Thread-safe. */
public final class LetterDecoder {
    private final String eventsTopic;
    private final String parkedTopic;
    private final Map<String, EventDecoder> sources = new HashMap<>();

    public LetterDecoder(TidelockConfig config) {
        eventsTopic = config.topics().events().name();
        parkedTopic = config.topics().parked().name();
        config.ingest()
                .sources()
                .forEach(source -> sources.put(source.name(), EventDecoder.of(source.format(), source.store())));
    }

    /** What the letter's record says now. */
    public Meaning meaning(DeadLetter letter) {
        var original = letter.original();
        var topic = original.position().topic();
        if (topic.equals(eventsTopic)) {
            return switch (EventCodec.decode(original.value())) {
                case EventCodec.Event(var event) -> new Meaning.Events(List.of(event));
                case EventCodec.Newer(var detail) -> new Meaning.Unreadable("NEWER_VERSION", detail);
                case EventCodec.Unreadable(var reason, var detail) -> new Meaning.Unreadable(reason, detail);
            };
        }
        if (topic.equals(parkedTopic)) {
            return switch (ParkedCodec.decode(original.value())) {
                case ParkedCodec.Read(var parked) ->
                    new Meaning.Events(List.of(parked.operation().event()));
                case ParkedCodec.Newer(var detail) -> new Meaning.Unreadable("NEWER_VERSION", detail);
                case ParkedCodec.Unreadable(var reason, var detail) -> new Meaning.Unreadable(reason, detail);
            };
        }
        var decoder = sources.get(letter.reader());
        return decoder == null
                ? new Meaning.Unreadable("NO_SOURCE", "the configuration has no source " + letter.reader())
                : raw(decoder.decode(original.value()));
    }

    /** An envelope with a bad part stays as a whole: its good parts were told already. */
    private static Meaning raw(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Events(var events, var _, var flawed, var _)
            when flawed.isEmpty() -> events.isEmpty() ? new Meaning.NoEvent() : new Meaning.Events(events);
            case Decoded.Events(var _, var _, var flawed, var _) ->
                new Meaning.Unreadable(
                        flawed.getFirst().flaw().name(),
                        flawed.getFirst().path() + ": " + flawed.getFirst().detail());
            case Decoded.Ignored _ -> new Meaning.NoEvent();
            case Decoded.Malformed(var flaw, var detail) -> new Meaning.Unreadable(flaw.name(), detail);
        };
    }
}
