package io.tidelock.replicator.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.replicator.store.VersionPages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the next small piece of a sweep: lists some keys and makes events of their versions. Blocks; keeps nothing. */
public final class Sweep {
    /** Keys of one piece. */
    static final int PIECE_KEYS_MAX = 1_000;

    private final SweepSettings settings;
    private final String eventsTopic;
    private final String jobsTopic;

    /**
     * @param eventsTopic {@code kafka.topics.events}
     * @param jobsTopic {@code kafka.topics.jobs}
     */
    public Sweep(SweepSettings settings, String eventsTopic, String jobsTopic) {
        this.settings = settings;
        this.eventsTopic = eventsTopic;
        this.jobsTopic = jobsTopic;
    }

    /**
     * A piece that is listed; how far it came is the last record.
     *
     * @param state how far the sweep has come when the records are kept
     */
    public record Piece(SweepState state, List<OutgoingRecord> records) {
        public Piece {
            records = List.copyOf(records);
        }

        /** How many events there are among the records. */
        public int events() {
            return records.size() - 1;
        }
    }

    /**
     * The next piece.
     *
     * @param known how far the sweep has come, or null where the rule has never been seen
     * @return empty when no pass is due
     */
    public Optional<Piece> next(VersionPages pages, SweepJob job, @Nullable SweepState known, Instant now)
            throws InterruptedException {
        var configuration = job.configuration();
        if (known == null) {
            var first = SweepState.firstSeen(now, configuration);
            return Optional.of(new Piece(first, List.of(first.record(jobsTopic, job.name()))));
        }
        var changed = !known.configuration().equals(configuration);
        if (known.done() && !changed && now.isBefore(known.begun().plus(settings.every()))) {
            return Optional.empty();
        }
        return Optional.of(piece(pages, job, known.done() || changed ? known.next(now, configuration) : known));
    }

    private Piece piece(VersionPages pages, SweepJob job, SweepState from) throws InterruptedException {
        var ids = settings.deleteMarkerRules();
        var markers = ids.contains(job.rule().id());
        var look = new Look(job.rule().id(), from.again() ? Purpose.SWEEP_AGAIN : Purpose.SWEEP);
        var since = settings.since().orElse(from.firstSeen());
        var until = from.begun().minus(settings.olderThan());
        var records = new ArrayList<OutgoingRecord>();
        var last = new @Nullable String[] {from.afterKey()};
        var keys = new int[1];
        var atEnd = new Resync(pages, job.rules().source(), look, job::selects, markers)
                .run(job.prefix(), from.afterKey(), (key, events) -> {
                    events.stream()
                            .filter(event -> isBetween(since, event, until))
                            .map(this::record)
                            .forEach(records::add);
                    last[0] = key;
                    keys[0]++;
                    return records.size() < settings.rate() && keys[0] < PIECE_KEYS_MAX;
                });
        var state = from.reached(last[0], records.size(), atEnd);
        records.add(state.record(jobsTopic, job.name()));
        return new Piece(state, records);
    }

    private static boolean isBetween(Instant since, BucketEvent event, Instant until) {
        var time = event.occurrence().time();
        return !time.isBefore(since) && !time.isAfter(until);
    }

    private OutgoingRecord record(BucketEvent event) {
        return new OutgoingRecord(
                eventsTopic, null, event.object().recordKey().getBytes(UTF_8), EventCodec.encode(event), List.of());
    }
}
