package io.tidelock.compliance.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.LookAlikes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one statement and remembers what was wrong with it. */
final class StatementReader {
    /** No ARN, action or condition value of a real policy comes near; matching stays cheap. */
    private static final int VALUE_LENGTH_MAX = 2048;

    /** The one principal that has spaces: whom CloudFront acts for. */
    private static final String ORIGIN_ACCESS = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ";

    private static final Set<String> ELEMENTS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Map<String, Principal.Type> TYPES = Map.of(
            "AWS", Principal.Type.AWS,
            "CanonicalUser", Principal.Type.CANONICAL_USER,
            "Service", Principal.Type.SERVICE,
            "Federated", Principal.Type.FEDERATED);

    private final PolicyKind kind;
    private final int position;
    private final JsonNode node;
    private final List<String> defects = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    StatementReader(PolicyKind kind, int position, JsonNode node) {
        this.kind = kind;
        this.position = position;
        this.node = node;
    }

    List<String> defects() {
        return defects;
    }

    List<String> notes() {
        return notes;
    }

    Statement read() {
        var unknown = new ArrayList<String>();
        for (var names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!ELEMENTS.contains(name)) {
                unknown.add(name);
                notes.add("unknown element " + name + ", read as if it were not there");
            }
        }
        var conditions = new ArrayList<Condition>();
        boolean readable = conditions(conditions);
        return new Statement(
                position,
                node.path("Sid").isTextual() ? node.get("Sid").textValue() : null,
                effect(),
                principals(),
                selection("Action", "NotAction", true),
                selection("Resource", "NotResource", kind != PolicyKind.TRUST),
                conditions,
                readable,
                unknown,
                node);
    }

    private @Nullable Effect effect() {
        String text = node.path("Effect").asText("");
        return switch (text) {
            case "Allow" -> Effect.ALLOW;
            case "Deny" -> Effect.DENY;
            case "" -> {
                defects.add("no Effect");
                yield null;
            }
            default -> {
                defects.add("Effect is neither Allow nor Deny");
                yield null;
            }
        };
    }

    private Principals principals() {
        JsonNode plain = node.get("Principal");
        JsonNode not = node.get("NotPrincipal");
        if (plain != null && not != null) {
            defects.add("both Principal and NotPrincipal");
        }
        JsonNode element = plain != null ? plain : not;
        if (element == null) {
            if (kind != PolicyKind.IDENTITY) {
                defects.add("no Principal");
            }
            return Principals.ABSENT;
        }
        if (kind == PolicyKind.IDENTITY) {
            notes.add("a Principal in an identity policy");
        }
        var values = new ArrayList<Principal>();
        if (element.isObject()) {
            for (var entry : element.properties()) {
                Principal.Type type = TYPES.getOrDefault(entry.getKey(), Principal.Type.UNKNOWN);
                if (type == Principal.Type.UNKNOWN) {
                    notes.add("unknown kind of principal " + entry.getKey());
                }
                texts("Principal." + entry.getKey(), entry.getValue())
                        .forEach(value -> values.add(principal(type, value)));
            }
        } else {
            // Other stores take a bare ARN or a list of them; only "*" is AWS's own shorthand.
            texts("Principal", element)
                    .forEach(value -> values.add(
                            principal(value.equals("*") ? Principal.Type.ANYONE : Principal.Type.AWS, value)));
        }
        if (values.isEmpty()) {
            notes.add("an empty Principal");
        }
        return new Principals(true, plain == null, values);
    }

    private Principal principal(Principal.Type type, String value) {
        noteLookAlikes("principal", value.startsWith(ORIGIN_ACCESS) ? value.substring(ORIGIN_ACCESS.length()) : value);
        return new Principal(type, value);
    }

    private Selection selection(String name, String notName, boolean required) {
        JsonNode plain = node.get(name);
        JsonNode not = node.get(notName);
        if (plain != null && not != null) {
            defects.add("both " + name + " and " + notName);
        }
        JsonNode element = plain != null ? plain : not;
        if (element == null) {
            if (required) {
                defects.add("no " + name);
            }
            return Selection.ABSENT;
        }
        List<String> values = texts(plain != null ? name : notName, element);
        if (values.isEmpty()) {
            defects.add("an empty " + name);
        }
        values.forEach(value -> noteLookAlikes(name, name.equals("Resource") ? named(value) : value));
        return new Selection(true, plain == null, values);
    }

    private boolean conditions(List<Condition> into) {
        JsonNode element = node.get("Condition");
        if (element == null) {
            return true;
        }
        if (!element.isObject()) {
            defects.add("Condition is not an object");
            return false;
        }
        boolean readable = true;
        for (var operator : element.properties()) {
            var parsed = ConditionOperator.parse(operator.getKey());
            if (parsed.comparison() == null) {
                notes.add("unknown condition operator " + operator.getKey());
            }
            if (!operator.getValue().isObject()) {
                defects.add("Condition " + operator.getKey() + " is not an object");
                readable = false;
                continue;
            }
            for (var key : operator.getValue().properties()) {
                int before = defects.size();
                into.add(new Condition(parsed, key.getKey(), texts("Condition " + operator.getKey(), key.getValue())));
                readable &= defects.size() == before;
            }
        }
        return readable;
    }

    /** A scalar or a list of scalars as text; anything else is a defect. */
    private List<String> texts(String what, JsonNode element) {
        var values = new ArrayList<String>();
        if (element.isArray()) {
            for (JsonNode one : element) {
                text(what, one, values);
            }
        } else {
            text(what, element, values);
        }
        return values;
    }

    private void text(String what, JsonNode one, List<String> into) {
        if (!one.isValueNode() || one.isNull()) {
            defects.add(what + " holds a value that is no text");
        } else if (one.asText().length() > VALUE_LENGTH_MAX) {
            defects.add(what + " holds a value longer than " + VALUE_LENGTH_MAX + " characters");
        } else {
            into.add(one.asText());
        }
    }

    /** The part of a resource that is plain by nature: keys may hold any character. */
    private static String named(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    private void noteLookAlikes(String what, String value) {
        List<String> strange = LookAlikes.in(value);
        if (!strange.isEmpty() && notes.size() < 100) {
            notes.add("invisible or look-alike characters in a " + what + ": " + String.join(", ", strange));
        }
    }
}
