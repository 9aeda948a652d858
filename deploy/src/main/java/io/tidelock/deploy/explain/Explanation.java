package io.tidelock.deploy.explain;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.execute.Foresight.Foreseen;
import io.tidelock.replicator.outcome.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said about one key or one event now.
 *
 * @param object the key at the source
 * @param event the event that is decided about; empty when the source holds nothing that one could be about
 * @param source what the source holds
 * @param rules every rule of the bucket
 * @param destinations one for each destination bucket that a matching rule names
 * @param history what was done; empty when that was not asked
 */
public record Explanation(
        ObjectKey object,
        Optional<BucketEvent> event,
        Held source,
        List<RuleMatch> rules,
        List<Destination> destinations,
        Optional<History> history) {
    public Explanation {
        rules = List.copyOf(rules);
        destinations = List.copyOf(destinations);
    }

    /** What a side holds of a key. */
    public sealed interface Held {
        record Stack(VersionStack stack) implements Held {}

        /** The store did not say. */
        record Unknown(String why) implements Held {}
    }

    /**
     * One destination bucket.
     *
     * @param replica the key there
     * @param answers what each rule leads to, in the order of priority, until one selects the version
     */
    public record Destination(ObjectKey replica, Held held, List<Answer> answers) {
        public Destination {
            answers = List.copyOf(answers);
        }
    }

    /** What one rule leads to. */
    public record Answer(String ruleId, Foreseen foreseen) {}

    /**
     * What was done about the key, as the outcomes topic tells.
     *
     * @param outcomes in order
     * @param complete whether nothing else is kept
     * @param problem what could not be read, or why nothing could, or null
     */
    public record History(
            List<Outcome> outcomes,
            boolean complete,
            @Nullable String problem) {
        public History {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Whether something is refused, so that a person is needed. */
    public boolean needsPerson() {
        return destinations.stream()
                .flatMap(destination -> destination.answers().stream())
                .anyMatch(answer -> Answers.needsPerson(answer.foreseen()));
    }
}
