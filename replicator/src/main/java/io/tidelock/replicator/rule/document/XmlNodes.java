package io.tidelock.replicator.rule.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML into a tree. There are no document types, no entities beyond XML's own five, and no attributes. */
final class XmlNodes {
    private static final String ROOT = "ReplicationConfiguration";
    private static final String LABEL = "Message: ";
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final XMLStreamReader reader;
    private int nodes;

    private XmlNodes(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    static Optional<Node> read(String xml, Problems problems) {
        try {
            var reader = factory().createXMLStreamReader(new StringReader(xml));
            try {
                return Optional.of(new XmlNodes(reader).document());
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            problems.add(
                    "document",
                    (at == null ? "" : "line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ": ")
                            + plain(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /** Without the place and the label that the parser puts before what it says. */
    private static String plain(String message) {
        var last = message.lines().toList().getLast();
        return last.startsWith(LABEL) ? last.substring(LABEL.length()) : last;
    }

    private Node document() throws XMLStreamException {
        Optional<Node> root = Optional.empty();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw refuse("a document type is not allowed");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!reader.getLocalName().equals(ROOT)) {
                    throw refuse("the document must be a " + ROOT + ", was " + Problems.quote(reader.getLocalName()));
                }
                root = Optional.of(element(1));
            }
        }
        return root.orElseThrow(() -> refuse("the document is empty"));
    }

    private Node element(int depth) throws XMLStreamException {
        checkElement(depth);
        var name = reader.getLocalName();
        var line = reader.getLocation().getLineNumber();
        var text = new StringBuilder();
        List<Node> children = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    var own = children.isEmpty() || !text.toString().isBlank() ? text.toString() : "";
                    return new Node(name, line, own, children, null);
                }
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw refuse("entities are not allowed");
            }
        }
    }

    private void checkElement(int depth) throws XMLStreamException {
        if (depth > RuleDocuments.DEPTH_MAX) {
            throw refuse("elements lie deeper than " + RuleDocuments.DEPTH_MAX);
        }
        if (++nodes > RuleDocuments.NODES_MAX) {
            throw refuse("more than " + RuleDocuments.NODES_MAX + " elements");
        }
        var namespace = reader.getNamespaceURI();
        if (namespace != null && !namespace.isEmpty() && !namespace.equals(NAMESPACE)) {
            throw refuse("the namespace must be " + NAMESPACE + ", was " + Problems.quote(namespace));
        }
        if (reader.getAttributeCount() > 0) {
            throw refuse("attributes are not allowed, found " + Problems.quote(reader.getAttributeLocalName(0)));
        }
    }

    private XMLStreamException refuse(String reason) {
        return new XMLStreamException(reason, reader.getLocation());
    }
}
