package io.tidelock.replicator.rule.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON into the tree that XML would give: {@code Rules} and {@code Tags} become repeated elements. */
final class JsonNodes {
    private static final Map<String, String> LISTS = Map.of("Rules", "Rule", "Tags", "Tag");
    private static final Set<String> NUMBERS = Set.of("Priority", "Minutes");
    private static final Set<String> XML_ONLY = Set.of("Rule");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * RuleDocuments.DEPTH_MAX)
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
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            problems.add("document", (at == null ? "" : "line " + at.getLineNr() + ": ") + e.getOriginalMessage());
        } catch (IOException e) {
            problems.add("document", String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private Node document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refuse("the document must be a JSON object");
        }
        var root = new Node("ReplicationConfiguration", "", members());
        if (parser.nextToken() != null) {
            throw refuse("something stands after the document's end");
        }
        return root;
    }

    private List<Node> members() throws IOException {
        var children = new ArrayList<Node>();
        var lists = new ArrayList<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            if (XML_ONLY.contains(name)) {
                throw refuse(name + " is XML's spelling; JSON has a list Rules");
            }
            var token = parser.nextToken();
            var single = LISTS.get(name);
            if (single == null) {
                children.add(value(name, token));
            } else if (lists.contains(name)) {
                throw refuse(name + " stands more than once");
            } else {
                lists.add(name);
                list(name, single, token, children);
            }
        }
        return children;
    }

    private void list(String name, String single, JsonToken token, List<Node> into) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw refuse(name + " must be a list");
        }
        for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            if (next != JsonToken.START_OBJECT) {
                throw refuse(name + " must hold objects");
            }
            into.add(value(single, next));
        }
    }

    private Node value(String name, JsonToken token) throws IOException {
        if (++nodes > RuleDocuments.NODES_MAX) {
            throw refuse("more than " + RuleDocuments.NODES_MAX + " elements");
        }
        if (token == JsonToken.START_OBJECT) {
            return new Node(name, "", members());
        }
        if (token == JsonToken.VALUE_STRING || (token == JsonToken.VALUE_NUMBER_INT && NUMBERS.contains(name))) {
            return Node.leaf(name, parser.getText());
        }
        throw refuse(Problems.quote(name) + " must be "
                + (NUMBERS.contains(name) ? "a whole number" : "a text in quotes or an object"));
    }

    private JsonProcessingException refuse(String reason) {
        return new JsonParseException(parser, reason);
    }
}
