package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What an element of a document may hold: S3 refuses whatever its schema does not know (API: Error responses, MalformedXML). */
sealed interface Shape {
    /** Text that matches a pattern. */
    record Text(Pattern allowed) implements Shape {}

    /** Elements, in any order. */
    record Elements(List<Member> members) implements Shape {}

    /**
     * One kind of element within another.
     *
     * @param name its name
     * @param min how often it must be there
     * @param max how often it can be there
     * @param shape what it may hold
     */
    record Member(String name, int min, int max, Shape shape) {}

    static Shape text() {
        return new Text(Pattern.compile(".*", Pattern.DOTALL));
    }

    static Shape number() {
        return new Text(Pattern.compile("-?[0-9]{1,9}"));
    }

    static Shape flag() {
        return oneOf("true", "false", "TRUE", "FALSE");
    }

    static Shape oneOf(String... texts) {
        return new Text(Pattern.compile(String.join("|", texts)));
    }

    static Shape of(Member... members) {
        return new Elements(List.of(members));
    }

    static Member one(String name, Shape shape) {
        return new Member(name, 1, 1, shape);
    }

    static Member optional(String name, Shape shape) {
        return new Member(name, 0, 1, shape);
    }

    static Member many(String name, int min, int max, Shape shape) {
        return new Member(name, min, max, shape);
    }

    /** Refuses an element that does not have this shape. */
    default void check(XmlElement element) {
        switch (this) {
            case Text(var allowed) -> {
                if (!element.children().isEmpty()
                        || !allowed.matcher(element.text()).matches()) {
                    throw new Refusal(ErrorCode.MALFORMED_XML);
                }
            }
            case Elements(var members) -> {
                Set<String> known = new HashSet<>();
                for (var member : members) {
                    known.add(member.name());
                    var found = element.children(member.name());
                    if (found.size() < member.min() || found.size() > member.max()) {
                        throw new Refusal(ErrorCode.MALFORMED_XML);
                    }
                    found.forEach(member.shape()::check);
                }
                if (element.children().stream().anyMatch(child -> !known.contains(child.name()))) {
                    throw new Refusal(ErrorCode.MALFORMED_XML);
                }
            }
        }
    }
}
