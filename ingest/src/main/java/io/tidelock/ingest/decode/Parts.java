package io.tidelock.ingest.decode;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.decode.Decoded.Events;
import io.tidelock.ingest.decode.Decoded.FlawedPart;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.json.Flaw;
import io.tidelock.ingest.json.FlawException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what the parts of one envelope turn out to be. */
final class Parts {
    private final List<BucketEvent> events = new ArrayList<>();
    private final List<IgnoredReason> ignored = new ArrayList<>();
    private final List<FlawedPart> flawed = new ArrayList<>();
    private final Set<Bucket> reconfigured = new LinkedHashSet<>();

    void add(@Nullable BucketEvent event) {
        if (event == null) {
            ignored.add(IgnoredReason.NO_CHANGE);
        } else {
            events.add(event);
        }
    }

    void ignore(IgnoredReason reason) {
        ignored.add(reason);
    }

    void reconfigured(Bucket bucket) {
        reconfigured.add(bucket);
    }

    void flaw(String path, FlawException e) {
        flawed.add(new FlawedPart(path, e.flaw(), e.detail()));
    }

    /** Refuses an array that has too many elements beside what is gathered already. */
    void requireRoomFor(int elements, String path) throws FlawException {
        if (events.size() + ignored.size() + flawed.size() + elements > EventDecoder.PARTS_MAX) {
            throw new FlawException(
                    Flaw.TOO_LARGE,
                    path + " has " + elements + " elements, an envelope has at most " + EventDecoder.PARTS_MAX);
        }
    }

    Decoded decoded() {
        if (events.isEmpty() && ignored.isEmpty() && reconfigured.isEmpty() && !flawed.isEmpty()) {
            var first = flawed.getFirst();
            return new Malformed(first.flaw(), first.detail());
        }
        return new Events(events, ignored, flawed, reconfigured);
    }
}
