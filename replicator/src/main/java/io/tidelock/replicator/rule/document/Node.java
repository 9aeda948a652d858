package io.tidelock.replicator.rule.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a document, whether it came as JSON or as XML. An element without children and text may be either.
 *
 * @param name as XML spells it
 * @param line of the document where it begins
 * @param text the element's own text; empty for an element with children
 * @param flaw why it holds neither, or null: JSON has more types than XML; empty when it is told already
 */
record Node(
        String name,
        int line,
        String text,
        List<Node> children,
        @Nullable String flaw) {
    Node {
        children = List.copyOf(children);
    }

    static Node of(String name, int line, List<Node> children) {
        return new Node(name, line, "", children, null);
    }

    static Node flawed(String name, int line, String flaw) {
        return new Node(name, line, "", List.of(), flaw);
    }
}
