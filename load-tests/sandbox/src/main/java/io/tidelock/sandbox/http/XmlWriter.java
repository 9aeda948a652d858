package io.tidelock.sandbox.http;

import java.util.Optional;

/** Writes a document of S3 as text; elements only, since S3 uses attributes nowhere but in ACLs. */
final class XmlWriter {
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private final StringBuilder text = new StringBuilder(1024);
    private final String root;

    private XmlWriter(String root, String attributes) {
        this.root = root;
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
                .append(root)
                .append(attributes)
                .append('>');
    }

    static XmlWriter document(String root) {
        return new XmlWriter(root, NAMESPACE);
    }

    /** A document without namespace, as errors are. */
    static XmlWriter plain(String root) {
        return new XmlWriter(root, "");
    }

    XmlWriter open(String name) {
        text.append('<').append(name).append('>');
        return this;
    }

    /** Opens an element with attributes, which the caller has escaped. */
    XmlWriter open(String name, String attributes) {
        text.append('<').append(name).append(' ').append(attributes).append('>');
        return this;
    }

    XmlWriter close(String name) {
        text.append("</").append(name).append('>');
        return this;
    }

    XmlWriter element(String name, String value) {
        open(name);
        escape(value);
        return close(name);
    }

    XmlWriter element(String name, long value) {
        open(name);
        text.append(value);
        return close(name);
    }

    XmlWriter element(String name, boolean value) {
        open(name);
        text.append(value);
        return close(name);
    }

    XmlWriter element(String name, Optional<String> value) {
        value.ifPresent(present -> element(name, present));
        return this;
    }

    /** Adds text to the element that is open. */
    XmlWriter text(String value) {
        escape(value);
        return this;
    }

    /** Ends the document. */
    String end() {
        return close(root).text.toString();
    }

    private void escape(String value) {
        for (var i = 0; i < value.length(); i++) {
            var character = value.charAt(i);
            switch (character) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#13;");
                default -> text.append(character);
            }
        }
    }
}
