package io.tidelock.sandbox.event;

/**
 * What became of the messages of one configuration. Always: changes + duplicated = sent + dropped + held.
 *
 * @param changes changes that were to be told
 * @param sent messages handed to the topic, second copies included
 * @param duplicated changes told twice
 * @param delayed messages that were held back for a time
 * @param reordered messages that let others pass
 * @param dropped changes never told
 * @param held messages held back at this moment
 */
public record NotificationCounts(
        long changes, long sent, long duplicated, long delayed, long reordered, long dropped, long held) {}
