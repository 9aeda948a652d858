package io.tidelock.replicator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What servers do otherwise than S3: one file a server, a fault in a line of its own, and below it, indented, the tests of the contract that
 * fail for it. A test with parameters is excluded whole by its name, or for some of them as {@code name(one, other)}.
 */
public final class KnownFaults {
    private KnownFaults() {}

    /** The fault for each excluded test, in the order of the file; a test is {@code name} or {@code name(parameter)}. */
    public static Map<String, String> of(String server) {
        var faults = new LinkedHashMap<String, String>();
        String fault = "";
        for (var line : text(server).lines().filter(line -> !line.isBlank()).toList()) {
            if (!line.startsWith(" ")) {
                fault = line;
            } else {
                for (var test : tests(line.strip())) {
                    if (fault.isEmpty() || faults.putIfAbsent(test, fault) != null) {
                        throw new IllegalStateException(server + ".txt: a test without a fault, or twice: " + test);
                    }
                }
            }
        }
        return faults;
    }

    /** The name of an excluded test without its parameter. */
    static String name(String test) {
        return test.replaceFirst("\\(.*", "");
    }

    private static List<String> tests(String line) {
        var name = name(line);
        return name.equals(line)
                ? List.of(line)
                : Pattern.compile(", ")
                        .splitAsStream(line.substring(name.length() + 1, line.length() - 1))
                        .map(parameter -> name + "(" + parameter + ")")
                        .toList();
    }

    private static String text(String server) {
        var name = "/store-contract/" + server + ".txt";
        try (var file = KnownFaults.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
