package io.tidelock.deploy.letter;

import io.tidelock.ingest.handoff.DeadLetter;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant.
 *
 * @param ids only these; all where it is empty
 * @param reasons only those with one of these; all where it is empty
 * @param prefix only those that speak of a key that begins so; all, also those that say no key, where it is empty
 * @param since only those that became dead letters then or later; all where it is null
 */
public record LetterFilter(
        Set<String> ids,
        Set<String> reasons,
        String prefix,
        @Nullable Instant since) {
    /** All of them. */
    public static final LetterFilter ALL = new LetterFilter(Set.of(), Set.of(), "", null);

    public LetterFilter {
        ids = Set.copyOf(ids);
        reasons = Set.copyOf(reasons);
    }

    /** Just these. */
    public static LetterFilter of(Set<String> ids) {
        return new LetterFilter(ids, Set.of(), "", null);
    }

    boolean selects(DeadLetter letter, Meaning meaning) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && (reasons.isEmpty() || reasons.contains(letter.reason()))
                && (since == null || !letter.since().isBefore(since))
                && (prefix.isEmpty() || speaksOf(meaning));
    }

    private boolean speaksOf(Meaning meaning) {
        return meaning instanceof Meaning.Events(var events)
                && events.stream().anyMatch(event -> event.object().key().startsWith(prefix));
    }
}
