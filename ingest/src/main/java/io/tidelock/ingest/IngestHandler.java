package io.tidelock.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.Bucket;
import io.tidelock.ingest.decode.Decoded;
import io.tidelock.ingest.decode.Decoded.Events;
import io.tidelock.ingest.decode.Decoded.FlawedPart;
import io.tidelock.ingest.decode.Decoded.Ignored;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.decode.EventDecoder;
import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.ControlCodec;
import io.tidelock.ingest.handoff.ControlCodec.RulesChanged;
import io.tidelock.ingest.handoff.DeadLetters;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.RecordHeader;
import io.tidelock.ingest.handoff.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** Turns each raw record of one source into events, or a dead letter, or both; at once, on the loop's thread. */
final class IngestHandler implements RecordHandler {
    private static final int PARTS_NAMED_MAX = 20;

    private final String source;
    private final String eventsTopic;
    private final String controlTopic;
    private final EventDecoder decoder;
    private final DeadLetters deadLetters;
    private final IngestObserver observer;

    IngestHandler(
            String source,
            String eventsTopic,
            String controlTopic,
            EventDecoder decoder,
            DeadLetters deadLetters,
            IngestObserver observer) {
        this.source = source;
        this.eventsTopic = eventsTopic;
        this.controlTopic = controlTopic;
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.observer = observer;
    }

    @Override
    public void handle(SourceRecord record, Completion completion) {
        completion.done(results(record, decoder.decode(record.value())));
    }

    private List<OutgoingRecord> results(SourceRecord record, Decoded decoded) {
        return switch (decoded) {
            case Events read -> {
                var results = new ArrayList<OutgoingRecord>();
                var origin = new RecordHeader(EventCodec.ORIGIN, (source + " " + record.position()).getBytes(UTF_8));
                read.events().forEach(event -> results.add(EventCodec.record(eventsTopic, event, List.of(origin))));
                read.reconfigured().forEach(bucket -> results.add(rulesChanged(bucket)));
                observer.decoded(source, read.events().size());
                read.ignored().forEach(reason -> observer.ignored(source, reason));
                if (!read.flawed().isEmpty()) {
                    results.addAll(dead(record, read.flawed().getFirst().flaw().name(), named(read.flawed())));
                }
                yield results;
            }
            case Ignored(var reason) -> {
                observer.ignored(source, reason);
                yield List.of();
            }
            case Malformed(var flaw, var detail) -> dead(record, flaw.name(), detail);
        };
    }

    private OutgoingRecord rulesChanged(Bucket bucket) {
        return new OutgoingRecord(
                controlTopic,
                null,
                bucket.toString().getBytes(UTF_8),
                ControlCodec.encode(new RulesChanged(bucket)),
                List.of());
    }

    private List<OutgoingRecord> dead(SourceRecord record, String reason, String detail) {
        observer.deadLetter(source, reason);
        return deadLetters.of(record, reason, detail);
    }

    /** All bad parts by their paths; the dead letter holds the whole envelope, whose good parts are events already. */
    private static String named(List<FlawedPart> flawed) {
        var named = new StringBuilder();
        for (var part : flawed.subList(0, Math.min(flawed.size(), PARTS_NAMED_MAX))) {
            named.append(named.isEmpty() ? "" : "; ")
                    .append(part.path())
                    .append(' ')
                    .append(part.flaw())
                    .append(": ")
                    .append(part.detail());
        }
        if (flawed.size() > PARTS_NAMED_MAX) {
            named.append("; and ").append(flawed.size() - PARTS_NAMED_MAX).append(" more");
        }
        return named.toString();
    }
}
