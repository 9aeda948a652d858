package io.tidelock.replicator.rule.document;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element whose children are known by name: unknown and repeated ones are problems, and so is text among them. */
final class Section {
    private final String path;
    private final Problems problems;
    private final Map<String, Node> byName = new HashMap<>();
    private final List<Node> children;

    /**
     * Looks through an element.
     *
     * @param path of the element, or empty for a rule or the document itself
     * @param known names that may stand once
     * @param repeatable name that may stand more than once, or null
     */
    Section(Node node, String path, Problems problems, Set<String> known, @Nullable String repeatable) {
        this.path = path;
        this.problems = problems;
        this.children = node.children();
        if (!node.text().isBlank()) {
            problems.add(path.isEmpty() ? node.name() : path, "holds elements, not text such as " + quoted(node));
        }
        var complained = new HashSet<String>();
        for (var child : children) {
            if (known.contains(child.name())) {
                if (byName.put(child.name(), child) != null && complained.add(child.name())) {
                    problems.add(at(child.name()), "stands more than once");
                }
            } else if (!child.name().equals(repeatable) && complained.add(child.name())) {
                problems.add(at(clip(child.name())), "is not an element of S3's replication configuration here");
            }
        }
    }

    private static String clip(String name) {
        return Problems.quote(name).substring(1, Problems.quote(name).length() - 1);
    }

    private static String quoted(Node node) {
        return Problems.quote(node.text().strip());
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    void refuse(String name, String reason) {
        problems.add(at(name), reason);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** The text of a child, or empty when there is none. */
    Optional<String> text(String name) {
        return Optional.ofNullable(byName.get(name)).flatMap(node -> {
            if (!node.children().isEmpty()) {
                refuse(name, "holds a text, not elements");
                return Optional.empty();
            }
            return Optional.of(node.text());
        });
    }

    /** The text of a child that has to be there. */
    String requiredText(String name) {
        if (!has(name)) {
            refuse(name, "is missing");
        }
        return text(name).orElse("");
    }

    /** A child with children of its own. */
    Optional<Section> group(String name, String... known) {
        return Optional.ofNullable(byName.get(name))
                .map(node -> new Section(node, at(name), problems, Set.of(known), null));
    }

    /** A child with children of its own, one kind of which may repeat. */
    Optional<Section> groupOf(String name, String repeatable, String... known) {
        return Optional.ofNullable(byName.get(name))
                .map(node -> new Section(node, at(name), problems, Set.of(known), repeatable));
    }

    List<Node> all(String name) {
        return children.stream().filter(child -> child.name().equals(name)).toList();
    }

    /** A child that holds nothing but {@code Status}: whether it is Enabled; empty when there is no such child. */
    Optional<Boolean> status(String name, String... alsoKnown) {
        var known = Stream.concat(Stream.of("Status"), Arrays.stream(alsoKnown)).toArray(String[]::new);
        return group(name, known).map(Section::requiredStatus);
    }

    /** The own {@code Status}; a missing or wrong one is a problem and counts as Disabled. */
    boolean requiredStatus() {
        var status = requiredText("Status");
        if (has("Status") && !status.equals("Enabled") && !status.equals("Disabled")) {
            refuse("Status", "must be Enabled or Disabled, was " + Problems.quote(status));
        }
        return status.equals("Enabled");
    }
}
