package io.tidelock.scenarios.verify;

import java.util.List;

/**
 * What a comparison of both sides found.
 *
 * @param keys how many keys either side has
 * @param versions how many source versions were compared
 * @param markers how many source delete markers were compared
 * @param bytes how many source bytes were compared
 * @param differences every difference, by key
 */
public record Verification(long keys, long versions, long markers, long bytes, List<Difference> differences) {
    public Verification {
        differences = List.copyOf(differences);
    }

    public boolean same() {
        return differences.isEmpty();
    }
}
