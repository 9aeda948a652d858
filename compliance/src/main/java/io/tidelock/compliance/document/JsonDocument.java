package io.tidelock.compliance.document;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of reading one document. */
public sealed interface JsonDocument {
    /**
     * A well-formed document.
     *
     * @param root the raw tree as it was written; read it, never change it
     */
    record Read(JsonNode root) implements JsonDocument {}

    /**
     * A document that cannot be judged.
     *
     * @param reason what is wrong, never a piece of the document
     * @param location line and column, or a bound's name
     */
    record Unreadable(String reason, String location) implements JsonDocument {
        /** Reason and location in one sentence. */
        public String sentence() {
            return reason + " (" + location + ")";
        }
    }
}
