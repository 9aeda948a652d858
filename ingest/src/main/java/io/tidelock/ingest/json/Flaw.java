package io.tidelock.ingest.json;

/** Why something that was read cannot be used. The names appear in dead letters and as metric labels. */
public enum Flaw {
    /** There is no value at all. */
    EMPTY,
    /** The value is larger, deeper or longer than what is accepted. */
    TOO_LARGE,
    /** The bytes are not one JSON document, or name a field twice. */
    NOT_JSON,
    /** It is JSON, but no envelope that is known. */
    UNKNOWN_ENVELOPE,
    /** It is an envelope of another producer than the source is configured for. */
    WRONG_FORMAT,
    /** It says to be of a version that this program does not read. */
    UNSUPPORTED_VERSION,
    /** It names an event that this program does not know. */
    UNKNOWN_EVENT,
    /** A field that is needed is absent. */
    MISSING_FIELD,
    /** A field holds what it must not hold. */
    INVALID_FIELD,
    /** The object key cannot be a key: wrongly encoded, not UTF-8, empty or too long. */
    INVALID_KEY
}
