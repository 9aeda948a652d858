package io.tidelock.compliance.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.compliance.document.JsonDocument.Read;
import io.tidelock.compliance.document.JsonDocument.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in, {@link JsonDocument} out; never throws. Two equal keys in one object are refused, as readers differ in which
 * of them they believe (RFC 8259 section 4). Thread-safe.
 */
public final class DocumentReader {
    /** Reads one document of a bucket within {@link DocumentBounds#BUCKET_DOCUMENT}. */
    public static final DocumentReader BUCKET_DOCUMENTS = new DocumentReader(DocumentBounds.BUCKET_DOCUMENT);

    private static final int NUMBER_LENGTH_MAX = 100;
    private static final String BEYOND = "nested, long or numeric beyond the bounds of a document";

    private final DocumentBounds bounds;
    private final ObjectMapper mapper;

    public DocumentReader(DocumentBounds bounds) {
        this.bounds = bounds;
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(bounds.depthMax())
                .maxStringLength(bounds.stringLengthMax())
                .maxNameLength(Math.min(bounds.stringLengthMax(), 50_000))
                .maxNumberLength(NUMBER_LENGTH_MAX)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** Reads UTF-8 bytes; a byte order mark and malformed UTF-8 are refused. */
    public JsonDocument read(byte[] utf8) {
        if (utf8.length > bounds.bytesMax()) {
            return tooLarge(utf8.length);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Unreadable("not valid UTF-8", "document");
        }
        return parse(text);
    }

    /** Reads text that is already decoded. */
    public JsonDocument read(String text) {
        if (text.length() > bounds.bytesMax()) {
            return tooLarge(text.length());
        }
        return parse(text);
    }

    private JsonDocument parse(String text) {
        try {
            JsonNode root = mapper.readTree(text);
            return root.isMissingNode() ? new Unreadable("empty", "document") : new Read(root);
        } catch (StreamConstraintsException e) {
            return new Unreadable(BEYOND, where(e.getLocation()));
        } catch (JsonProcessingException e) {
            return new Unreadable(reason(e), where(e.getLocation()));
        } catch (NumberFormatException e) {
            // Thrown as it is by the parser for an exponent that no BigDecimal holds.
            return new Unreadable(BEYOND, "document");
        }
    }

    private JsonDocument tooLarge(int length) {
        return new Unreadable("longer than " + bounds.bytesMax() + " bytes: " + length, "document.bytesMax");
    }

    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message != null && message.startsWith("Duplicate field")) {
            return "the same key twice in one object";
        }
        if (message != null && message.startsWith("Trailing token")) {
            return "text after the end of the document";
        }
        return "not JSON";
    }

    private static String where(@Nullable JsonLocation at) {
        return at == null ? "document" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
