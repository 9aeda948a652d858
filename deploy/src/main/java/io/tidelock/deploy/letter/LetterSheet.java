package io.tidelock.deploy.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All of one dead letter, its bytes exactly as they are. */
public final class LetterSheet {
    private static final int HEX_BYTES = 16;

    private LetterSheet() {}

    /** The object that is spoken of, or why none is known. */
    static String about(Meaning meaning, String detail) {
        return switch (meaning) {
            case Meaning.Events(var events) ->
                events.getFirst().object() + (events.size() == 1 ? "" : " and " + (events.size() - 1) + " more");
            case Meaning.NoEvent() -> "no bucket event";
            case Meaning.Unreadable _ -> detail;
        };
    }

    private static String now(FoundLetter found) {
        return found.redriven()
                ? "it was redriven"
                : switch (found.meaning()) {
                    case Meaning.Events(var events) -> "a redrive tells " + Counted.of(events.size(), "event");
                    case Meaning.NoEvent() -> "a redrive tells nothing: it is understood now, and no bucket event";
                    case Meaning.Unreadable(var reason, var detail) ->
                        "it still cannot be read (" + reason + ": " + detail + ")";
                };
    }

    /** For people. */
    public static String text(FoundLetter found) {
        var letter = found.letter();
        var original = letter.original();
        var text = new StringBuilder();
        line(text, "dead letter", letter.id() + " since " + letter.since());
        line(text, "reason", letter.reason());
        line(text, "detail", letter.detail());
        LetterReasons.remedy(letter.reason()).ifPresent(remedy -> line(text, "remedy", remedy));
        line(text, "read at", original.position() + ", of " + original.timestamp() + ", by " + letter.reader());
        if (letter.rule() != null) {
            line(text, "rule", letter.rule());
        }
        line(text, "speaks of", about(found.meaning(), "nothing that can be read"));
        line(text, "now", now(found));
        original.headers().forEach(header -> exactly(text, "header " + header.name(), header.value()));
        exactly(text, "key", original.key());
        exactly(text, "value", original.value());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("%-12s ".formatted(PlainText.line(name)))
                .append(PlainText.line(value))
                .append(System.lineSeparator());
    }

    private static void exactly(StringBuilder text, String name, byte @Nullable [] value) {
        text.append("%-12s ".formatted(PlainText.line(name)))
                .append(shown(value))
                .append(System.lineSeparator());
    }

    /** For machines. */
    public static ObjectNode json(FoundLetter found) {
        var letter = found.letter();
        var original = letter.original();
        var root = JsonNodeFactory.instance
                .objectNode()
                .put("id", letter.id())
                .put("since", letter.since().toString())
                .put("reason", letter.reason())
                .put("detail", letter.detail())
                .put("reader", letter.reader())
                .put("rule", letter.rule())
                .put("readAt", original.position().toString())
                .put("timestamp", original.timestamp().toString())
                .put("redriven", found.redriven())
                .put("now", now(found));
        LetterReasons.remedy(letter.reason()).ifPresent(remedy -> root.put("remedy", remedy));
        if (found.meaning() instanceof Meaning.Events(var events)) {
            var objects = root.putArray("objects");
            events.forEach(event -> objects.add(event.object().toString()));
        }
        root.set("key", bytes(original.key()));
        root.set("value", bytes(original.value()));
        var headers = root.putArray("headers");
        original.headers()
                .forEach(
                        header -> headers.addObject().put("name", header.name()).set("value", bytes(header.value())));
        return root;
    }

    private static @Nullable ObjectNode bytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("base64", Base64.getEncoder().encodeToString(bytes));
        printable(bytes).ifPresent(text -> node.put("text", text));
        return node;
    }

    private static String shown(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        return printable(bytes).orElseGet(() -> hex(bytes));
    }

    private static Optional<String> printable(byte[] bytes) {
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // a terminal must not be steered by what somebody has sent
            return text.equals(PlainText.lines(text)) ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String hex(byte[] bytes) {
        var text = new StringBuilder(bytes.length + " bytes");
        var format = HexFormat.ofDelimiter(" ");
        for (int i = 0; i < bytes.length; i += HEX_BYTES) {
            text.append("%n  %08x  ".formatted(i))
                    .append(format.formatHex(bytes, i, Math.min(bytes.length, i + HEX_BYTES)));
        }
        return text.toString();
    }
}
