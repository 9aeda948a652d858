package io.tidelock.compliance.control;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One mistake put into a sound snapshot.
 *
 * @param slots what it touches; two plants that share one are not combined
 * @param changes JSON pointer to new value, with single quotes; {@code /-} at the end of a pointer appends to a list
 * @param violates every control that must find it
 * @param evidence words of which one must be in the verdict of each of them
 */
record Plant(Set<String> slots, Map<String, String> changes, List<String> violates, List<String> evidence) {
    /** Stands for a Sid of its own in every snapshot that the mistake is put into. */
    static final String SID = "Planted";

    private static final String STATEMENTS = "/bucket/policy/Statement/-";

    /** Slots and words of evidence are separated by {@code |}. */
    static Plant plant(String slots, String at, String value, String evidence, String... violates) {
        return new Plant(
                Set.of(slots.split("\\|")), Map.of(at, value), List.of(violates), List.of(evidence.split("\\|")));
    }

    /** A further Allow on the bucket's objects; goes together with every other. */
    static Plant allow(String members, String... violates) {
        return statement("'Effect':'Allow','Resource':'arn:aws:s3:::src/*'," + members, violates);
    }

    /** A further statement of the bucket policy; goes together with every other. */
    static Plant statement(String members, String... violates) {
        return plant(members, STATEMENTS, "{'Sid':'" + SID + "'," + members + "}", "Sid " + SID + ")", violates);
    }

    /** The same mistake with a further change. */
    Plant and(String at, String value) {
        var more = new LinkedHashMap<>(changes);
        more.put(at, value);
        return new Plant(slots, more, violates, evidence);
    }

    /** Whether it leaves nothing of which another mistake could be told. */
    boolean isAlone() {
        return slots.contains("alone");
    }

    /** The same mistake under a Sid of its own. */
    Plant numbered(int number) {
        String sid = SID + number;
        var changed = new LinkedHashMap<String, String>();
        changes.forEach((at, value) -> changed.put(at, value.replace(SID, sid)));
        return new Plant(
                slots,
                changed,
                violates,
                evidence.stream().map(word -> word.replace(SID, sid)).toList());
    }

    void into(ObjectNode snapshot) {
        changes.forEach((at, value) -> change(snapshot, JsonPointer.compile(at), Snapshots.json(value)));
    }

    private static void change(ObjectNode snapshot, JsonPointer pointer, JsonNode node) {
        JsonNode parent = snapshot.at(pointer.head());
        String name = pointer.last().getMatchingProperty();
        switch (parent) {
            case ArrayNode list when name.equals("-") -> list.add(node);
            case ArrayNode list -> list.set(Integer.parseInt(name), node);
            case ObjectNode object -> object.set(name, node);
            default -> throw new IllegalArgumentException("nothing can be planted at " + pointer);
        }
    }
}
