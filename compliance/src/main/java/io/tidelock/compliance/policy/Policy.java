package io.tidelock.compliance.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * A policy document as far as it could be understood.
 *
 * @param variables whether <code>${…}</code> has a meaning: only from version 2012-10-17 on
 * @param defects what makes the document ambiguous: a verdict that needs certainty must be UNKNOWN while there is one
 * @param notes what is odd and changes no verdict
 */
public record Policy(boolean variables, List<Statement> statements, List<String> defects, List<String> notes) {
    public Policy {
        statements = List.copyOf(statements);
        defects = List.copyOf(defects);
        notes = List.copyOf(notes);
    }

    public Stream<Statement> allows() {
        return statements.stream().filter(Statement::isAllow);
    }

    public Stream<Statement> denies() {
        return statements.stream().filter(Statement::isDeny);
    }
}
