package io.tidelock.compliance.policy;

import java.util.List;
import java.util.Locale;

/**
 * The actions or the resources that a statement speaks of.
 *
 * @param present whether the statement has the element at all
 * @param negated whether it is the {@code Not…} form
 * @param patterns as written
 */
public record Selection(boolean present, boolean negated, List<String> patterns) {
    /** The element is missing. */
    public static final Selection ABSENT = new Selection(false, false, List.of());

    public Selection {
        patterns = List.copyOf(patterns);
    }

    /** Whether the action {@code name} is spoken of; prefix and name are case-insensitive. */
    public boolean hasAction(String name) {
        if (!present) {
            return false;
        }
        boolean listed = false;
        for (String pattern : patterns) {
            listed |= new Glob(pattern).matchesIgnoringCase(name);
        }
        return listed != negated;
    }

    /** Rule TLS2: whether every action of S3 is spoken of, by {@code s3:*} or {@code *} and not by a {@code NotAction}. */
    public boolean hasEveryS3Action() {
        return present && !negated && patterns.stream().anyMatch(Selection::coversS3);
    }

    /** Whether {@code pattern} describes every action of S3. */
    public static boolean coversS3(String pattern) {
        return new Glob(pattern.toLowerCase(Locale.ROOT)).covers(new Glob("s3:*"));
    }

    /** Whether everything that {@code arn} describes is spoken of for certain; variables describe nothing certain. */
    public boolean coversResource(String arn) {
        return present
                && !negated
                && patterns.stream().anyMatch(pattern -> !pattern.contains("${") && Arn.covers(pattern, arn));
    }

    /** Whether something that {@code arn} describes may be spoken of; a variable may be anything. */
    public boolean mayHaveResource(String arn) {
        if (!present) {
            return false;
        }
        if (negated) {
            return patterns.stream().noneMatch(pattern -> Arn.covers(pattern, arn));
        }
        return patterns.stream().anyMatch(pattern -> Arn.overlaps(Variables.asWildcards(pattern), arn));
    }

    @Override
    public String toString() {
        return patterns.size() == 1 ? patterns.getFirst() : patterns.toString();
    }
}
