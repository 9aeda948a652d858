package io.tidelock.deploy.config;

import java.util.regex.Pattern;

/** Steps through a document: JSON pointers inside, setting names such as {@code sources.raw.topics[0]} for people. */
final class Pointer {
    static final String ROOT = "";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern INDEX = Pattern.compile("[0-9]+");

    private Pointer() {}

    static String child(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String parent, int index) {
        return parent + "/" + index;
    }

    static String parent(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    static String last(String pointer) {
        return unescape(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    /** The name that people know the setting by. */
    static String setting(String pointer) {
        var name = new StringBuilder();
        if (pointer.isEmpty()) {
            return "";
        }
        for (var step : pointer.substring(1).split("/", -1)) {
            var plain = unescape(step);
            if (INDEX.matcher(plain).matches()) {
                name.append('[').append(plain).append(']');
            } else {
                name.append(name.isEmpty() ? "" : ".");
                name.append(PLAIN.matcher(plain).matches() ? plain : "\"" + plain + "\"");
            }
        }
        return name.toString();
    }

    private static String unescape(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }
}
