package io.tidelock.scenarios.chaos;

import io.tidelock.scenarios.verify.ReadVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Promise P2: the versions of each key came to the destination in the order of the source, and markers in their places among them. What came before
 * is set aside, so that a version that is put back on top, or written again as its answer was lost, is no disorder; versions whose events were told
 * again may come late. Versions are recognised by bytes, metadata and tags, never by Tidelock's mark.
 */
final class FirstArrivals {
    private static final String MARK = "tidelock-origin";

    private final Map<String, List<ReadVersion>> source;
    private final Map<String, List<ReadVersion>> replica;
    private final Map<String, List<String>> order;
    private final Set<String> mayBeLate;

    /**
     * What is judged.
     *
     * @param source all entries of the source by key, oldest first
     * @param replica all entries of the destination by key
     * @param order the ids of the destination's entries by key in the order of effect
     * @param mayBeLate the source's ids of versions that were told again
     */
    FirstArrivals(
            Map<String, List<ReadVersion>> source,
            Map<String, List<ReadVersion>> replica,
            Map<String, List<String>> order,
            Set<String> mayBeLate) {
        this.source = source;
        this.replica = replica;
        this.order = order;
        this.mayBeLate = Set.copyOf(mayBeLate);
    }

    /** What a version is recognised by; that of a marker says only that it is one. */
    private record Likeness(boolean marker, String sha256, Map<String, String> metadata, Map<String, String> tags) {
        static Likeness of(ReadVersion version) {
            var metadata = new HashMap<>(version.metadata());
            metadata.remove(MARK);
            return new Likeness(version.marker(), version.sha256(), metadata, version.tags());
        }
    }

    /** What came out of order, in words; empty when nothing did. */
    List<String> violations() {
        var violations = new ArrayList<String>();
        order.forEach((key, ids) -> violations.addAll(ofKey(key, ids)));
        return violations;
    }

    private List<String> ofKey(String key, List<String> ids) {
        var entries = source.getOrDefault(key, List.of());
        var places = places(entries);
        var byId = new HashMap<String, ReadVersion>();
        replica.getOrDefault(key, List.of()).forEach(version -> byId.put(version.versionId(), version));
        var violations = new ArrayList<String>();
        var seen = new HashSet<Integer>();
        var newest = -1;
        for (var id : ids) {
            var arrived = byId.get(id);
            if (arrived == null) {
                violations.add("\"" + key + "\": " + id + " took effect at the destination and is not listed there");
            } else if (arrived.marker()) {
                if (!fitsBehind(entries, newest)) {
                    violations.add("\"" + key + "\": a delete marker was put above version " + (newest + 1) + " of "
                            + entries.size() + " entries, where the source has none");
                }
            } else {
                var place = places.get(Likeness.of(arrived));
                if (place != null && seen.add(place)) {
                    if (place < newest && !mayBeLate.contains(entries.get(place).versionId())) {
                        violations.add("\"" + key + "\": entry " + (place + 1) + " of " + entries.size()
                                + " came after entry " + (newest + 1));
                    }
                    newest = Math.max(newest, place);
                }
            }
        }
        return violations;
    }

    /** Where the oldest entry of each likeness stands; what is at the destination only is told by those who compare both sides. */
    private static Map<Likeness, Integer> places(List<ReadVersion> entries) {
        var places = new HashMap<Likeness, Integer>();
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).marker()) {
                places.putIfAbsent(Likeness.of(entries.get(i)), i);
            }
        }
        return places;
    }

    /** Whether the source has a marker above its entry, with nothing between them but other markers and what may be late. */
    private boolean fitsBehind(List<ReadVersion> entries, int newest) {
        for (int i = newest + 1; i < entries.size(); i++) {
            if (entries.get(i).marker()) {
                return true;
            }
            if (!mayBeLate.contains(entries.get(i).versionId())) {
                return false;
            }
        }
        return false;
    }
}
