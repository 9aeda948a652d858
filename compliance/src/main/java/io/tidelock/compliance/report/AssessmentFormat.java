package io.tidelock.compliance.report;

/** Writes assessments one after another, so that memory does not grow with their number. */
public interface AssessmentFormat {
    /** What stands before the first one. */
    String opening();

    /** One assessment. */
    String assessment(Assessment assessment);

    /** What stands after the last one. */
    String closing();
}
