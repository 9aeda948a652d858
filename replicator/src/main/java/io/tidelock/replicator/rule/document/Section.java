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

/**
 * An element whose children are known by name: unknown and repeated ones are problems, and so is text among them. What
 * is misspelt is a problem and then read as what was meant, so that nothing is said to be missing because of it.
 */
final class Section {
    private final Node node;
    private final String path;
    private final Problems problems;
    private final @Nullable String repeatable;
    private final Map<String, Node> byName = new HashMap<>();
    private boolean repeatableMisspelt;

    /**
     * Looks through an element.
     *
     * @param path of the element, or empty for a rule or the document itself
     * @param known names that may stand once
     * @param repeatable name that may stand more than once, or null
     */
    Section(Node node, String path, Problems problems, Set<String> known, @Nullable String repeatable) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        this.repeatable = repeatable;
        if (node.flaw() != null) {
            complain(node, own());
        } else if (!node.text().isBlank()) {
            problems.add(
                    node.line(),
                    own(),
                    "holds elements, not text such as "
                            + Problems.quote(node.text().strip()));
        }
        var complained = new HashSet<String>();
        for (var child : node.children()) {
            if (known.contains(child.name())) {
                if (byName.put(child.name(), child) != null && complained.add(child.name())) {
                    problems.add(child.line(), at(child.name()), "stands more than once");
                }
            }
        }
        for (var child : node.children()) {
            if (!known.contains(child.name()) && !child.name().equals(repeatable) && complained.add(child.name())) {
                unknown(child, known);
            }
        }
    }

    private void complain(Node flawed, String element) {
        if (flawed.flaw() != null && !flawed.flaw().isEmpty()) {
            problems.add(flawed.line(), element, flawed.flaw());
        }
    }

    private String own() {
        return path.isEmpty() ? node.name() : path;
    }

    private void unknown(Node child, Set<String> known) {
        var element = at(Problems.clip(child.name()));
        if (child.flaw() != null && repeatable != null && child.name().equals(repeatable + "s")) {
            problems.add(child.line(), element, child.flaw());
            repeatableMisspelt = true;
            return;
        }
        var repeated = repeatable == null || child.flaw() == null ? repeatable : repeatable + "s";
        var names = Stream.concat(known.stream(), Stream.ofNullable(repeated))
                .filter(name -> !byName.containsKey(name))
                .sorted()
                .toList();
        var meant = Suggestion.nearest(child.name(), names);
        problems.add(
                child.line(),
                element,
                "is not an element of S3's replication configuration here" + Suggestion.question(child.name(), names));
        meant.ifPresent(name -> {
            if (name.equals(repeated)) {
                repeatableMisspelt = true;
            } else {
                byName.put(name, child.flaw() == null ? child : Node.flawed(child.name(), child.line(), ""));
            }
        });
    }

    String at(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /** Refuses what a child holds, or that there is none; nothing follows from an element that holds no elements. */
    void refuse(String name, String reason) {
        if (node.flaw() == null && node.text().isBlank()) {
            problems.add(byName.getOrDefault(name, node).line(), at(name), reason);
        }
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Whether something stands here that was meant to be what may repeat. */
    boolean repeatableMisspelt() {
        return repeatableMisspelt;
    }

    /** The text of a child, or empty when there is none or it holds something else. */
    Optional<String> text(String name) {
        return Optional.ofNullable(byName.get(name)).flatMap(child -> {
            if (child.flaw() != null) {
                complain(child, at(name));
                return Optional.empty();
            }
            if (!child.children().isEmpty()) {
                refuse(name, "holds a text, not elements");
                return Optional.empty();
            }
            return Optional.of(child.text());
        });
    }

    /** The text of a child that has to be there. */
    Optional<String> requiredText(String name) {
        if (!has(name)) {
            refuse(name, "is missing");
        }
        return text(name);
    }

    /** A child with children of its own. */
    Optional<Section> group(String name, String... known) {
        return Optional.ofNullable(byName.get(name))
                .map(child -> new Section(child, at(name), problems, Set.of(known), null));
    }

    /** A child with children of its own, one kind of which may repeat. */
    Optional<Section> groupOf(String name, String repeated, String... known) {
        return Optional.ofNullable(byName.get(name))
                .map(child -> new Section(child, at(name), problems, Set.of(known), repeated));
    }

    List<Node> all(String name) {
        return node.children().stream()
                .filter(child -> child.name().equals(name))
                .toList();
    }

    /** A child that holds nothing but {@code Status}: whether it is Enabled; empty when there is no such child. */
    Optional<Boolean> status(String name, String... alsoKnown) {
        var known = Stream.concat(Stream.of("Status"), Arrays.stream(alsoKnown)).toArray(String[]::new);
        return group(name, known).map(Section::requiredStatus);
    }

    /** The own {@code Status}; a missing or wrong one is a problem and counts as Disabled. */
    boolean requiredStatus() {
        var status = requiredText("Status");
        status.filter(text -> !text.equals("Enabled") && !text.equals("Disabled"))
                .ifPresent(text -> refuse("Status", "must be Enabled or Disabled, was " + Problems.quote(text)));
        return status.equals(Optional.of("Enabled"));
    }
}
