package io.tidelock.replicator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What servers do otherwise than S3: one file a server, a fault in a line of its own, and below it, indented, the tests of the contract that
 * fail for it. A test with parameters is excluded whole by its name, or for one of them as {@code name(parameter)}.
 */
public final class KnownFaults {
    private KnownFaults() {}

    /** The fault for each excluded test, in the order of the file. */
    public static Map<String, String> of(String server) {
        var faults = new LinkedHashMap<String, String>();
        String fault = "";
        for (var line : text(server).lines().filter(line -> !line.isBlank()).toList()) {
            if (!line.startsWith(" ")) {
                fault = line;
            } else if (fault.isEmpty() || faults.putIfAbsent(line.strip(), fault) != null) {
                throw new IllegalStateException(server + ".txt: a test without a fault, or twice: " + line);
            }
        }
        return faults;
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
