package io.tidelock.replicator.rule.document;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads S3's ReplicationConfiguration. Never throws for what a text holds: a document is rules, or the list of all its
 * problems. Stateless and thread-safe.
 */
public final class RuleDocuments {
    /** Largest document that S3 takes (rule 4). */
    public static final int DOCUMENT_BYTES_MAX = 2 * 1024 * 1024;

    /** Elements lie no deeper than this in any document that S3 takes. */
    static final int DEPTH_MAX = 8;

    /** A thousand rules with everything, and a hundred tags each, stay below this. */
    static final int NODES_MAX = 500_000;

    private RuleDocuments() {}

    /** Reads the JSON of S3's API and command line; an enclosing {@code ReplicationConfiguration} may be there. */
    public static RuleDocument fromJson(String json, Leniency leniency) {
        return read(json, leniency, JsonNodes::read);
    }

    /** Reads the XML of S3's REST API. */
    public static RuleDocument fromXml(String xml, Leniency leniency) {
        return read(xml, leniency, XmlNodes::read);
    }

    private static RuleDocument read(String text, Leniency leniency, Syntax syntax) {
        var problems = new Problems();
        if (text.length() > DOCUMENT_BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > DOCUMENT_BYTES_MAX) {
            problems.add("document", "must have at most " + DOCUMENT_BYTES_MAX + " bytes (rule 4)");
            return problems.refused();
        }
        return syntax.read(text, problems)
                .map(root -> new ConfigurationReader(problems, leniency).read(root))
                .orElseGet(problems::refused);
    }

    /** Text into a tree, or a problem and nothing. */
    private interface Syntax {
        Optional<Node> read(String text, Problems problems);
    }
}
