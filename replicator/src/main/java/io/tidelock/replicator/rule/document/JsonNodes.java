package io.tidelock.replicator.rule.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** JSON into the tree that XML would give: {@code Rules} and {@code Tags} become repeated elements. */
final class JsonNodes {
    private static final Map<String, String> LISTS = Map.of("Rules", "Rule", "Tags", "Tag");
    private static final Set<String> NUMBERS = Set.of("Priority", "Minutes");
    private static final Set<String> XML_ONLY = Set.of("Rule");
    private static final Pattern PARSER_PLACE = Pattern.compile("\\[Source: [^;]*; (line: \\d+, column: \\d+)]");
    private static final int DEPTH_MAX = 2 * RuleDocuments.DEPTH_MAX;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(RuleDocuments.DOCUMENT_BYTES_MAX)
                    .build())
            .build();

    private final JsonParser parser;
    private int nodes;

    private JsonNodes(JsonParser parser) {
        this.parser = parser;
    }

    static Optional<Node> read(String json, Problems problems) {
        try (var parser = FACTORY.createParser(json)) {
            var root = new JsonNodes(parser).document();
            if (root.children().size() == 1 && root.children().getFirst().name().equals("ReplicationConfiguration")) {
                return Optional.of(root.children().getFirst());
            }
            return Optional.of(root);
        } catch (StreamConstraintsException e) {
            problems.add("document", "lies deeper than " + DEPTH_MAX + " levels, or has a name that is too long");
        } catch (JsonProcessingException e) {
            problems.add(
                    "document",
                    place(e) + PARSER_PLACE.matcher(e.getOriginalMessage()).replaceAll("$1"));
        } catch (IOException e) {
            problems.add("document", String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private Node document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refuse("the document must be a JSON object");
        }
        var root = Node.of("ReplicationConfiguration", line(), members());
        if (parser.nextToken() != null) {
            throw refuse("something stands after the document's end");
        }
        return root;
    }

    private List<Node> members() throws IOException {
        var children = new ArrayList<Node>();
        var lists = new HashSet<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var line = line();
            var token = parser.nextToken();
            var single = LISTS.get(name);
            if (XML_ONLY.contains(name)) {
                children.add(flawed(name, line, "is XML's spelling; JSON has a list Rules"));
            } else if (single == null) {
                children.add(value(name, line, token));
            } else if (!lists.add(name)) {
                children.add(flawed(name, line, "stands more than once"));
            } else if (token != JsonToken.START_ARRAY) {
                children.add(flawed(name, line, "must be a list"));
            } else {
                list(single, children);
            }
        }
        return children;
    }

    private void list(String single, List<Node> into) throws IOException {
        for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            into.add(
                    next == JsonToken.START_OBJECT
                            ? value(single, line(), next)
                            : flawed(single, line(), "must be an object"));
        }
    }

    private Node value(String name, int line, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            count();
            return Node.of(name, line, members());
        }
        if (token == JsonToken.VALUE_STRING || (token == JsonToken.VALUE_NUMBER_INT && NUMBERS.contains(name))) {
            count();
            return new Node(name, line, parser.getText(), List.of(), null);
        }
        var wanted = NUMBERS.contains(name) ? "a whole number" : "a text in quotes or an object";
        var was = token == JsonToken.START_ARRAY ? "a list" : parser.getText();
        return flawed(name, line, "must be " + wanted + ", was " + Problems.clip(was));
    }

    /** Something of a type that stands for no element; what is in it is passed over. */
    private Node flawed(String name, int line, String flaw) throws IOException {
        count();
        parser.skipChildren();
        return Node.flawed(name, line, flaw);
    }

    private void count() throws JsonProcessingException {
        if (++nodes > RuleDocuments.NODES_MAX) {
            throw refuse("more than " + RuleDocuments.NODES_MAX + " elements");
        }
    }

    private JsonProcessingException refuse(String reason) {
        return new JsonParseException(parser, reason);
    }
}
