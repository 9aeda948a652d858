package io.tidelock.compliance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.document.DocumentReader;
import io.tidelock.compliance.document.JsonDocument.Read;
import io.tidelock.compliance.document.JsonDocument.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a policy from its tree, as an object or as the string that S3 answers with. Tolerant: what other stores accept
 * is read too, what cannot be understood becomes a defect of the document and never silence. Never throws.
 */
public final class PolicyReader {
    /** S3's own limit of a bucket policy; other stores differ, so a longer one is only noted. */
    static final int BUCKET_POLICY_BYTES_MAX = 20_480;

    private static final int STATEMENTS_MAX = 10_000;
    private static final Set<String> DOCUMENT_ELEMENTS = Set.of("Version", "Id", "Statement");

    private final PolicyKind kind;
    private final List<String> defects = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private PolicyReader(PolicyKind kind) {
        this.kind = kind;
    }

    /**
     * Reads the policy in {@code node}.
     *
     * @return unavailable when it is no policy at all: not an object, not JSON, without statements
     */
    public static Collected<Policy> read(JsonNode node, PolicyKind kind) {
        JsonNode tree = node;
        if (node.isTextual()) {
            if (node.textValue().isBlank()) {
                return new Collected.Unavailable<>("the policy is an empty string");
            }
            switch (DocumentReader.BUCKET_DOCUMENTS.read(node.textValue())) {
                case Read(var root) -> tree = root;
                case Unreadable unreadable -> {
                    return new Collected.Unavailable<>("the policy is " + unreadable.sentence());
                }
            }
        }
        if (!tree.isObject()) {
            return new Collected.Unavailable<>("the policy is not an object");
        }
        return new PolicyReader(kind).document(tree);
    }

    private Collected<Policy> document(JsonNode tree) {
        for (var names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!DOCUMENT_ELEMENTS.contains(name)) {
                notes.add("unknown element " + name);
            }
        }
        int bytes = tree.toString().getBytes(StandardCharsets.UTF_8).length;
        if (kind == PolicyKind.RESOURCE && bytes > BUCKET_POLICY_BYTES_MAX) {
            notes.add("longer than the " + BUCKET_POLICY_BYTES_MAX + " bytes that S3 accepts: " + bytes);
        }
        JsonNode list = tree.get("Statement");
        if (list == null || list.isNull()) {
            return new Collected.Unavailable<>("the policy has no Statement");
        }
        var statements = new ArrayList<Statement>();
        if (list.isArray()) {
            if (list.size() > STATEMENTS_MAX) {
                return new Collected.Unavailable<>("the policy has more than " + STATEMENTS_MAX + " statements");
            }
            for (JsonNode one : list) {
                statement(one, statements);
            }
        } else {
            statement(list, statements);
        }
        return new Collected.Known<>(new Policy(variables(tree), statements, defects, notes));
    }

    private boolean variables(JsonNode tree) {
        JsonNode version = tree.get("Version");
        String text = version == null ? "2008-10-17" : version.asText();
        if (!text.equals("2012-10-17") && !text.equals("2008-10-17")) {
            notes.add("unknown Version " + text);
        }
        return !text.equals("2008-10-17");
    }

    private void statement(JsonNode node, List<Statement> into) {
        int position = into.size() + 1;
        if (!node.isObject()) {
            defects.add("statement " + position + " is not an object");
            return;
        }
        var reader = new StatementReader(kind, position, node);
        Statement statement = reader.read();
        reader.defects().forEach(defect -> defects.add(statement.label() + ": " + defect));
        reader.notes().forEach(note -> notes.add(statement.label() + ": " + note));
        into.add(statement);
    }
}
