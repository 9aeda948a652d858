package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.HeadAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is known so far about both sides of one key. Immutable. */
public final class Facts {
    /** Nothing is known yet. */
    public static final Facts NONE = new Facts(Map.of());

    private final Map<Question<?>, Object> answers;

    private Facts(Map<Question<?>, Object> answers) {
        this.answers = Map.copyOf(answers);
    }

    /** These facts and one more. */
    public <A> Facts with(Question<A> question, A answer) {
        var more = new HashMap<>(answers);
        more.put(question, answer);
        return new Facts(more);
    }

    @SuppressWarnings("unchecked") // only with() adds answers, and it ties their type to the question's
    public <A> Optional<A> answer(Question<A> question) {
        return Optional.ofNullable((A) answers.get(question));
    }

    /** The answer, as if all were known; {@link Planner} turns the lack of it into a question. */
    <A> A get(Question<A> question) {
        return answer(question).orElseThrow(() -> new Unknown(question));
    }

    /** A version of the source; empty for one that has gone, a marker, and what cannot be looked at. */
    Optional<ObjectHead> atSource(VersionId id) {
        return get(new Question.SourceHead(id)) instanceof SourceAnswer.Found(var head)
                ? Optional.of(head)
                : Optional.empty();
    }

    /** A version of the replica key; empty for one that has gone and for a marker. */
    Optional<ObjectHead> atDestination(VersionId id) {
        return get(new Question.ReplicaHead(id)) instanceof HeadAnswer.Present(var head)
                ? Optional.of(head)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return answers.toString();
    }

    /** Carries the first question that has no answer out of the middle of a decision. Costs no stack trace. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Question<?> question;

        Unknown(Question<?> question) {
            super(question.toString(), null, false, false);
            this.question = question;
        }

        Question<?> question() {
            return question;
        }
    }
}
