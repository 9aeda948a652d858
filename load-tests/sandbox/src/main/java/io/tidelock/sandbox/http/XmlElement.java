package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** An element of a document that a client sent; namespaces do not count. */
final class XmlElement {
    private static final XMLInputFactory FACTORY = factory();
    private static final int DEPTH_MAX = 20;

    private final String name;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlElement(String name) {
        this.name = name;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Parses a document with this root. */
    static XmlElement parse(byte[] document, String root) {
        try {
            var parsed = parse(document);
            if (parsed.name.equals(root)) {
                return parsed;
            }
        } catch (XMLStreamException _) {
            // refused below
        }
        throw new Refusal(ErrorCode.MALFORMED_XML);
    }

    private static XmlElement parse(byte[] document) throws XMLStreamException {
        var reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(document), "UTF-8");
        var open = new ArrayDeque<XmlElement>();
        var last = new XmlElement("");
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var element = new XmlElement(reader.getLocalName());
                    if (open.size() >= DEPTH_MAX) {
                        throw new XMLStreamException("too deep");
                    }
                    if (!open.isEmpty()) {
                        open.element().children.add(element);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.CHARACTERS -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> last = open.pop();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("not allowed");
                default -> {
                    // comments, instructions and white space say nothing
                }
            }
        }
        return last;
    }

    String name() {
        return name;
    }

    /** Puts a child with this text in the place of those of its name. */
    void set(String child, String value) {
        var element = new XmlElement(child);
        element.text.append(value);
        children.removeIf(earlier -> earlier.name.equals(child));
        children.addFirst(element);
    }

    /** This element as a document in S3's namespace; comments, attributes and white space between elements are gone. */
    String document() {
        var xml = XmlWriter.document(name);
        writeContent(xml);
        return xml.end();
    }

    private void writeContent(XmlWriter xml) {
        if (children.isEmpty()) {
            xml.text(rawText());
        }
        for (var child : children) {
            if (child.name.equals("Grantee")) {
                xml.open(child.name, granteeType(child));
            } else {
                xml.open(child.name);
            }
            child.writeContent(xml);
            xml.close(child.name);
        }
    }

    /** The only attribute that S3 uses (API: Grantee). */
    private static String granteeType(XmlElement grantee) {
        return AclDocuments.INSTANCE + (grantee.child("URI").isPresent() ? "\"Group\"" : "\"CanonicalUser\"");
    }

    String text() {
        return text.toString().strip();
    }

    /** The text as it stands, with its white space. */
    String rawText() {
        return text.toString();
    }

    List<XmlElement> children() {
        return children;
    }

    List<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    Optional<XmlElement> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** The text of a child. */
    Optional<String> textOf(String wanted) {
        return child(wanted).map(XmlElement::text);
    }

    /** The text of a child that must be there. */
    String required(String wanted) {
        return textOf(wanted).orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML));
    }
}
