package io.tidelock.deploy.config;

import java.util.List;

/** What became of a configuration file. */
public sealed interface Loaded {
    /** It is complete and fits together. */
    record Valid(TidelockConfig config) implements Loaded {}

    /**
     * It is not.
     *
     * @param problems everything that is wrong, in the order of the file; never empty
     */
    record Invalid(List<Problem> problems) implements Loaded {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
