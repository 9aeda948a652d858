package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One group of settings of a document that the schema has accepted and whose defaults are filled in; asking for what the
 * schema does not promise is a bug and throws.
 */
final class Settings {
    private static final Map<String, Long> UNIT_MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private final JsonNode group;
    private final String pointer;

    Settings(JsonNode group, String pointer) {
        this.group = group;
        this.pointer = pointer;
    }

    String pointer() {
        return pointer;
    }

    JsonNode node() {
        return group;
    }

    String text(String name) {
        return require(name).asText();
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(group.get(name)).map(JsonNode::asText);
    }

    int integer(String name) {
        return require(name).intValue();
    }

    long whole(String name) {
        return require(name).longValue();
    }

    OptionalLong optionalWhole(String name) {
        return group.has(name) ? OptionalLong.of(whole(name)) : OptionalLong.empty();
    }

    boolean flag(String name) {
        return require(name).booleanValue();
    }

    Optional<Boolean> optionalFlag(String name) {
        return Optional.ofNullable(group.get(name)).map(JsonNode::booleanValue);
    }

    Duration duration(String name) {
        var written = text(name);
        var unit = written.replaceFirst("^[0-9]+", "");
        var millis = UNIT_MILLIS.get(unit);
        if (millis == null) {
            throw missing(name);
        }
        return Duration.ofMillis(Long.parseLong(written.substring(0, written.length() - unit.length())) * millis);
    }

    List<String> texts(String name) {
        return group.path(name).valueStream().map(JsonNode::asText).toList();
    }

    Settings group(String name) {
        return new Settings(require(name), Pointer.child(pointer, name));
    }

    Optional<Settings> optionalGroup(String name) {
        return group.has(name) ? Optional.of(group(name)) : Optional.empty();
    }

    List<Settings> groups(String name) {
        var list = group.path(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> new Settings(list.get(i), Pointer.child(Pointer.child(pointer, name), i)))
                .toList();
    }

    /** The groups under names that the user chose, in the order of the file. */
    <T> Map<String, T> named(String name, Function<Settings, T> read) {
        var all = new LinkedHashMap<String, T>();
        var parent = Pointer.child(pointer, name);
        group.path(name)
                .properties()
                .forEach(member -> all.put(
                        member.getKey(),
                        read.apply(new Settings(member.getValue(), Pointer.child(parent, member.getKey())))));
        return all;
    }

    /** Plain values under names that the user chose, in the order of the file. */
    Map<String, String> values(String name) {
        var all = new LinkedHashMap<String, String>();
        group.path(name)
                .properties()
                .forEach(member -> all.put(member.getKey(), member.getValue().asText()));
        return all;
    }

    private JsonNode require(String name) {
        var value = group.get(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private IllegalStateException missing(String name) {
        return new IllegalStateException(
                "the schema does not promise " + Pointer.setting(Pointer.child(pointer, name)));
    }
}
