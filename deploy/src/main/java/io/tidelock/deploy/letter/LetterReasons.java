package io.tidelock.deploy.letter;

import io.tidelock.ingest.json.Flaw;
import io.tidelock.replicator.outcome.FailureReason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Why there are dead letters: what could not be read, and what failed. */
public final class LetterReasons {
    private static final Map<String, String> REMEDIES = remedies();

    private LetterReasons() {}

    private static Map<String, String> remedies() {
        var remedies = new TreeMap<String, String>();
        for (var flaw : Flaw.values()) {
            remedies.put(flaw.name(), flaw.remedy());
        }
        for (var reason : FailureReason.values()) {
            remedies.put(reason.name(), reason.remedy());
        }
        return remedies;
    }

    /** All codes of this version. */
    public static Set<String> codes() {
        return Set.copyOf(REMEDIES.keySet());
    }

    /** What can be done, where the code is one of this version. */
    static Optional<String> remedy(String code) {
        return Optional.ofNullable(REMEDIES.get(code));
    }
}
