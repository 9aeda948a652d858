package io.tidelock.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, its fields read by type, every refusal naming the field by its path.
 *
 * @param path where the object stands in its document, for messages
 */
public record JsonFields(String path, JsonNode node) {
    private static final int DEPTH_MAX = 32;
    private static final int NUMBER_DIGITS_MAX = 64;
    private static final int NAME_CHARS_MAX = 4096;
    private static final String DUPLICATE = "Duplicate field ";
    private static final Pattern PARSER_PLACE = Pattern.compile("\\[Source: [^;]*; (line: \\d+, column: \\d+)]");
    private static final Instant TIME_MIN = Instant.EPOCH;
    private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final ObjectReader READER = new JsonMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(NUMBER_DIGITS_MAX)
                            .maxNameLength(NAME_CHARS_MAX)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .reader()
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads a document that must be one JSON object.
     *
     * @param bytesMax what is larger is refused unread
     */
    public static JsonFields parse(byte[] document, int bytesMax, String path) throws FlawException {
        if (document.length > bytesMax) {
            throw new FlawException(
                    Flaw.TOO_LARGE, path + " has " + document.length + " bytes, at most " + bytesMax + " are read");
        }
        JsonNode tree;
        try {
            tree = READER.readTree(document);
        } catch (StreamConstraintsException e) {
            throw new FlawException(
                    Flaw.TOO_LARGE,
                    path + " lies deeper than " + DEPTH_MAX + " levels, or has a number of more than "
                            + NUMBER_DIGITS_MAX + " digits or a name of more than " + NAME_CHARS_MAX + " characters");
        } catch (JsonProcessingException e) {
            throw new FlawException(Flaw.NOT_JSON, path + ": " + plain(e));
        } catch (IOException e) {
            throw new FlawException(Flaw.NOT_JSON, path + ": " + e.getMessage());
        }
        return object(tree, path);
    }

    /** What the parser says, in words that name none of its settings. */
    private static String plain(JsonProcessingException e) {
        var said = PARSER_PLACE.matcher(e.getOriginalMessage()).replaceAll("$1");
        if (said.startsWith(DUPLICATE) && said.contains(" for ")) {
            said = "the field " + said.substring(DUPLICATE.length(), said.lastIndexOf(" for "))
                    + " stands more than once";
        } else if (said.startsWith("Trailing token")) {
            said = "something stands after the document's end";
        }
        var at = e.getLocation();
        return at == null ? said : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + said;
    }

    private static JsonFields object(JsonNode node, String path) throws FlawException {
        if (node.isMissingNode()) {
            throw new FlawException(Flaw.EMPTY, path + " is empty");
        }
        if (!node.isObject()) {
            throw new FlawException(Flaw.INVALID_FIELD, path + " must be an object, was " + node.getNodeType());
        }
        return new JsonFields(path, node);
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** The object in a field. */
    public JsonFields object(String field) throws FlawException {
        return object(present(field), at(field));
    }

    /** The object at an index of an array in a field. */
    public JsonFields element(String field, int index) throws FlawException {
        return object(node.path(field).path(index), at(field) + "[" + index + "]");
    }

    /** How many elements the array in a field has; -1 if it is no array. */
    public int elements(String field) {
        var array = node.path(field);
        return array.isArray() ? array.size() : -1;
    }

    /** The text in a field; neither absent nor empty. */
    public String text(String field, int charsMax) throws FlawException {
        var text = textOrNull(field, charsMax);
        if (text == null) {
            throw new FlawException(Flaw.MISSING_FIELD, at(field) + " is missing");
        }
        return text;
    }

    /** The text in a field, or null where it is absent, null or empty. */
    public @Nullable String textOrNull(String field, int charsMax) throws FlawException {
        if (!has(field)) {
            return null;
        }
        var value = node.get(field);
        if (!value.isTextual()) {
            throw new FlawException(Flaw.INVALID_FIELD, at(field) + " must be a text, was " + value.getNodeType());
        }
        var text = value.textValue();
        if (text.length() > charsMax) {
            throw new FlawException(
                    Flaw.INVALID_FIELD,
                    at(field) + " has " + text.length() + " characters, at most " + charsMax + " are read");
        }
        return text.isEmpty() ? null : text;
    }

    /** The instant in a field, between 1970 and 9999. */
    public Instant instant(String field) throws FlawException {
        var text = text(field, 64);
        try {
            var instant = Instant.parse(text);
            if (!instant.isBefore(TIME_MIN) && !instant.isAfter(TIME_MAX)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new FlawException(Flaw.INVALID_FIELD, at(field) + " must be a time, was \"" + text + "\"");
        }
        throw new FlawException(Flaw.INVALID_FIELD, at(field) + " must lie between 1970 and 9999, was " + text);
    }

    /** A count that is only a hint: a number or a text of digits from 0; null for anything else. */
    public @Nullable Long countHint(String field) {
        var value = node.path(field);
        if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
            return value.longValue();
        }
        if (value.isTextual() && value.textValue().matches("[0-9]{1,18}")) {
            return Long.valueOf(value.textValue());
        }
        return null;
    }

    private JsonNode present(String field) throws FlawException {
        if (!has(field)) {
            throw new FlawException(Flaw.MISSING_FIELD, at(field) + " is missing");
        }
        return node.get(field);
    }

    /** The path of a field, for messages. */
    public String at(String field) {
        return path + "." + field;
    }
}
