package io.tidelock.scenarios.twoways;

import io.tidelock.scenarios.verify.ReadVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** A key that both sides wrote before either could see anything of the other, and whose last write has to be shown. */
record Duel(TwoWays ways, BothSides held, SharedKey key) {
    /** What a side wrote last, how strong it is, and when that was. */
    private record Last(String text, Instant second, String strength) {}

    /** The text of the later one by whole seconds; of one second that with the greatest version id of its side up to it. */
    String winner() {
        return List.of(last(Side.PARIS), last(Side.FRANKFURT)).stream()
                .max(Comparator.comparing(Last::second).thenComparing(Last::strength))
                .orElseThrow()
                .text();
    }

    private Last last(Side side) {
        var written = held.originals(side, key);
        var last = written.getLast();
        var strength = written.stream()
                .filter(version -> second(side, version).equals(second(side, last)))
                .map(ReadVersion::versionId)
                .max(Comparator.naturalOrder());
        return new Last(BothSides.text(last), second(side, last), strength.orElseThrow());
    }

    private Instant second(Side side, ReadVersion version) {
        return ways.people(side)
                .headObject(
                        request -> request.bucket(side.bucket()).key(key.key()).versionId(version.versionId()))
                .lastModified()
                .truncatedTo(ChronoUnit.SECONDS);
    }
}
