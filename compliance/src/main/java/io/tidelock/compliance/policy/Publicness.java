package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a bucket policy is public as Block Public Access understands it (rules P1 to P14). One unpinned Allow makes
 * the whole policy public; a Deny changes nothing.
 *
 * @param openings every unpinned Allow
 * @param closed how each other Allow is pinned
 * @param defects what leaves the answer open unless there is an opening
 */
public record Publicness(List<Opening> openings, List<String> closed, List<String> defects) {
    /**
     * One Allow that anybody may use.
     *
     * @param read the first reading action that it allows
     * @param write the first writing action that it allows
     */
    public record Opening(Statement statement, Optional<String> read, Optional<String> write, List<String> because) {
        public Opening {
            because = List.copyOf(because);
        }
    }

    public Publicness {
        openings = List.copyOf(openings);
        closed = List.copyOf(closed);
        defects = List.copyOf(defects);
    }

    /** Judges a policy. */
    public static Publicness of(Policy policy) {
        var openings = new ArrayList<Opening>();
        var closed = new ArrayList<String>();
        policy.allows().forEach(statement -> {
            List<Condition> pins = Pins.of(statement);
            if (statement.principals().isFixed()) {
                closed.add(statement.label() + ": " + statement.principals() + " is fixed");
            } else if (!pins.isEmpty()) {
                closed.add(statement.label() + ": pinned by " + pins.getFirst());
            } else {
                openings.add(opening(statement));
            }
        });
        return new Publicness(openings, closed, policy.defects());
    }

    private static Opening opening(Statement statement) {
        var because = new ArrayList<String>();
        because.add(statement.label() + ": Allow " + statement.principals()
                + (statement.actions().negated() ? " NotAction " : " Action ") + statement.actions());
        Pins.shortcomings(statement).forEach(why -> because.add(statement.label() + ": " + why));
        return new Opening(
                statement,
                S3Actions.firstOf(statement.actions(), S3Actions.Access.READ),
                S3Actions.firstOf(statement.actions(), S3Actions.Access.WRITE),
                because);
    }

    /** Rules P1, P2: whether the policy is public. */
    public Truth isPublic() {
        return openings.isEmpty() ? certain() : Truth.TRUE;
    }

    /** Rule P12: whether the public may read or list. */
    public Truth isPublicRead() {
        return openings.stream().anyMatch(opening -> opening.read().isPresent()) ? Truth.TRUE : certain();
    }

    /** Rule P12: whether the public may write, delete or change settings. */
    public Truth isPublicWrite() {
        return openings.stream().anyMatch(opening -> opening.write().isPresent()) ? Truth.TRUE : certain();
    }

    private Truth certain() {
        return defects.isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
    }
}
