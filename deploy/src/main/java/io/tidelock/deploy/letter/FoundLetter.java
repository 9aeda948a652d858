package io.tidelock.deploy.letter;

import io.tidelock.ingest.handoff.DeadLetter;

/**
 * A dead letter that was looked for.
 *
 * @param redriven whether it was redriven; where it failed again, another letter says so
 */
public record FoundLetter(DeadLetter letter, Meaning meaning, boolean redriven) {}
