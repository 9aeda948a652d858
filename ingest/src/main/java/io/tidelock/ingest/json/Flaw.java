package io.tidelock.ingest.json;

/** Why something that was read cannot be used. The names appear in dead letters and as metric labels. Each has a remedy. */
public enum Flaw {
    /** There is no value at all. */
    EMPTY("stop whoever writes records without a value to the topic"),
    /** The value is larger, deeper or longer than what is accepted. */
    TOO_LARGE("see the detail for the bound; let the producer send fewer events in one record"),
    /** The bytes are not one JSON document, or name a field twice. */
    NOT_JSON("let the producer write events as one JSON document, or read another topic"),
    /** It is JSON, but no envelope that is known. */
    UNKNOWN_ENVELOPE("let the source read only topics that bucket notifications go to"),
    /** It is an envelope of another producer than the source is configured for. */
    WRONG_FORMAT("set the source's format to what its producer writes; then redrive"),
    /** It says to be of a version that this program does not read. */
    UNSUPPORTED_VERSION("run a version of Tidelock that reads it; then redrive"),
    /** It names an event that this program does not know. */
    UNKNOWN_EVENT("run a version of Tidelock that knows the event, or let the bucket not report it; then redrive"),
    /** A field that is needed is absent. */
    MISSING_FIELD("put the field that the detail names right at the producer, which must not cut events"),
    /** A field holds what it must not hold. */
    INVALID_FIELD("put the field that the detail names right at the producer, which must not change events"),
    /** The object key cannot be a key: wrongly encoded, not UTF-8, empty or too long. */
    INVALID_KEY("let the producer pass on the key as the bucket reported it, URL-encoded where the bucket's is");

    private final String remedy;

    Flaw(String remedy) {
        this.remedy = remedy;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
