package io.tidelock.scenarios.chaos;

import io.tidelock.scenarios.traffic.Ledger.Written;
import io.tidelock.scenarios.verify.Difference;
import io.tidelock.scenarios.verify.ReadVersion;
import io.tidelock.scenarios.verify.ReplicaPolicy;
import io.tidelock.scenarios.verify.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What became of every version that was written.
 *
 * @param keys how many keys were compared
 * @param versions how many data versions of the source were compared
 * @param unlike entries in which the source itself is not what was written
 * @param lost versions that the destination does not have
 * @param stale keys whose current entry at the destination is not that of the source
 * @param diverged whatever else differs
 * @param duplicates versions and markers that the destination has more of than the source
 */
record Judgement(
        long keys,
        long versions,
        List<String> unlike,
        List<Difference> lost,
        List<Difference> stale,
        List<Difference> diverged,
        long duplicates) {
    /** Holds both sides against each other, and the source against what was written. */
    static Judgement of(
            Map<String, List<Written>> ledger,
            Map<String, List<ReadVersion>> source,
            Map<String, List<ReadVersion>> replica,
            ReplicaPolicy policy) {
        var verification = SideBySide.compare(source, replica, policy);
        var lost = new ArrayList<Difference>();
        var stale = new ArrayList<Difference>();
        var diverged = new ArrayList<Difference>();
        for (var difference : verification.differences()) {
            switch (difference.kind()) {
                case MISSING -> lost.add(difference);
                case CURRENT -> stale.add(difference);
                case EXTRA, ORDER, BYTES, HEADERS, METADATA, TAGS, ENCRYPTION, OWNER, STORAGE_CLASS ->
                    diverged.add(difference);
            }
        }
        return new Judgement(
                verification.keys(),
                verification.versions(),
                unlike(ledger, source),
                List.copyOf(lost),
                List.copyOf(stale),
                List.copyOf(diverged),
                duplicates(source, replica));
    }

    /** Whether nothing is lost, stale or different. */
    boolean clean() {
        return unlike.isEmpty() && lost.isEmpty() && stale.isEmpty() && diverged.isEmpty();
    }

    private static List<String> unlike(Map<String, List<Written>> ledger, Map<String, List<ReadVersion>> source) {
        var unlike = new ArrayList<String>();
        var keys = new TreeSet<>(ledger.keySet());
        keys.addAll(source.keySet());
        for (var key : keys) {
            var written = ledger.getOrDefault(key, List.of());
            var found = source.getOrDefault(key, List.of());
            var same = written.size() == found.size();
            for (int i = 0; same && i < written.size(); i++) {
                same = isSame(written.get(i), found.get(i));
            }
            if (!same) {
                unlike.add("\"" + key + "\": " + written.size() + " entries written, " + found.size()
                        + " found, or not the same ones");
            }
        }
        return unlike;
    }

    private static boolean isSame(Written written, ReadVersion found) {
        return written.versionId().equals(found.versionId())
                && written.marker() == found.marker()
                && written.sha256().equals(found.sha256());
    }

    private static long duplicates(Map<String, List<ReadVersion>> source, Map<String, List<ReadVersion>> replica) {
        var duplicates = 0L;
        for (var key : replica.keySet()) {
            for (var marker : List.of(true, false)) {
                var surplus = count(replica, key, marker) - count(source, key, marker);
                duplicates += Math.max(0, surplus);
            }
        }
        return duplicates;
    }

    private static long count(Map<String, List<ReadVersion>> side, String key, boolean marker) {
        return side.getOrDefault(key, List.of()).stream()
                .filter(version -> version.marker() == marker)
                .count();
    }
}
