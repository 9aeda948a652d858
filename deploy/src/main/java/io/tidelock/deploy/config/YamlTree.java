package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns YAML's graph into a plain tree and remembers where everything stands. Used once. */
final class YamlTree {
    /** More nodes than this, aliases counted as often as they are used, are an attack or an accident. */
    static final int NODES_MAX = 100_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final References secrets;
    private final Problems problems;
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private final Set<String> references = new HashSet<>();
    private int nodes;

    YamlTree(References secrets, Problems problems) {
        this.secrets = secrets;
        this.problems = problems;
    }

    /** The tree, or empty when its root is no mapping or it grows beyond its bound. */
    Optional<YamlDocument> convert(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            problems.add(
                    place(root), "", "the file holds no settings", "write settings as name: value, see the examples");
            return Optional.empty();
        }
        keys.put(Pointer.ROOT, place(root));
        values.put(Pointer.ROOT, place(root));
        var tree = mapping(mapping, Pointer.ROOT, new HashSet<>());
        if (nodes > NODES_MAX) {
            problems.add(
                    null,
                    "",
                    "the file grows to more than " + NODES_MAX + " values",
                    "make it smaller, or do not nest aliases (*name) in each other");
            return Optional.empty();
        }
        return Optional.of(new YamlDocument(tree, keys, values, written, references));
    }

    private JsonNode node(Node node, String pointer, Set<Node> above) {
        values.putIfAbsent(pointer, place(node));
        if (++nodes > NODES_MAX) {
            return JSON.nullNode();
        }
        if (above.contains(node)) {
            problem(node, pointer, "an alias (*name) refers to a value that it stands in", "write the value out");
            return JSON.nullNode();
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, pointer, above);
            case SequenceNode sequence -> sequence(sequence, pointer, above);
            case ScalarNode scalar -> scalar(scalar, pointer);
            default -> throw new IllegalStateException("YAML has no node like " + node.getNodeId());
        };
    }

    private ObjectNode mapping(MappingNode mapping, String pointer, Set<Node> above) {
        above.add(mapping);
        var tree = JSON.objectNode();
        for (var member : mapping.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode name)) {
                problem(member.getKeyNode(), pointer, "a name must be text", "write name: value");
                continue;
            }
            var child = Pointer.child(pointer, name.getValue());
            var first = keys.putIfAbsent(child, place(name));
            if (tree.has(name.getValue()) && first != null) {
                problems.add(
                        place(name),
                        Pointer.setting(child),
                        "is given twice, first in line " + first.line(),
                        "remove one of the two");
                continue;
            }
            tree.set(name.getValue(), node(member.getValueNode(), child, above));
        }
        above.remove(mapping);
        return tree;
    }

    private JsonNode sequence(SequenceNode sequence, String pointer, Set<Node> above) {
        above.add(sequence);
        var tree = JSON.arrayNode();
        for (var item : sequence.getValue()) {
            var child = Pointer.child(pointer, tree.size());
            keys.putIfAbsent(child, place(item));
            tree.add(node(item, child, above));
        }
        above.remove(sequence);
        return tree;
    }

    private JsonNode scalar(ScalarNode scalar, String pointer) {
        written.put(pointer, scalar.getValue());
        var text = scalar.getValue();
        if (scalar.getTag().equals(Tag.STR)) {
            return text(scalar, pointer);
        } else if (scalar.getTag().equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        } else if (scalar.getTag().equals(Tag.INT)) {
            return whole(new BigInteger(text));
        } else if (scalar.getTag().equals(Tag.FLOAT)) {
            return JSON.numberNode(new BigDecimal(text));
        } else if (scalar.getTag().equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        problem(scalar, pointer, "has the YAML tag " + scalar.getTag(), "write the value without a tag");
        return JSON.nullNode();
    }

    private static JsonNode whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? JSON.numberNode(number.longValueExact()) : JSON.numberNode(number);
    }

    private JsonNode text(ScalarNode scalar, String pointer) {
        if (References.present(scalar.getValue())) {
            references.add(pointer);
        }
        try {
            return TextNode.valueOf(secrets.resolve(scalar.getValue()));
        } catch (References.UnresolvedException e) {
            problem(scalar, pointer, e.problem(), e.remedy());
            return TextNode.valueOf(scalar.getValue());
        }
    }

    private void problem(Node node, String pointer, String problem, String remedy) {
        problems.add(place(node), Pointer.setting(pointer), problem, remedy);
    }

    private static Place place(Node node) {
        var mark = node.getStartMark();
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
