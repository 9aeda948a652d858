package io.tidelock.replicator.rule.document;

import java.util.List;

/**
 * One element of a document, whether it came as JSON or as XML. An element without children and text may be either.
 *
 * @param name as XML spells it
 * @param text the element's own text; empty for an element with children
 */
record Node(String name, String text, List<Node> children) {
    Node {
        children = List.copyOf(children);
    }

    static Node leaf(String name, String text) {
        return new Node(name, text, List.of());
    }
}
