package io.tidelock.replicator.semantics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The tests of several modules whose names begin with the number of a rule. */
final class RuleTests {
    /** {@code rule_47a_…} is of rule 47, {@code rule_43_and_44_…} of both. */
    private static final Pattern METHOD =
            Pattern.compile("\\s+(?:public )?void (rule_(\\d\\d)[a-f]?_(?:and_(\\d\\d)_)?\\w+)\\(");

    private static final List<String> MODULES = List.of("ingest", "replicator", "compliance", "deploy");

    private RuleTests() {}

    /** One test. */
    record RuleTest(String type, String method) {}

    /** By rule, in the order of modules and files. */
    static SortedMap<Integer, List<RuleTest>> find() {
        var found = new TreeMap<Integer, List<RuleTest>>();
        for (var module : MODULES) {
            var root = Path.of("..", module, "src", "test", "java");
            try (var files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .sorted(Comparator.comparing(Path::toString))
                        .forEach(file -> read(file, found));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static void read(Path file, Map<Integer, List<RuleTest>> found) {
        try {
            var type = file.getFileName().toString().replace(".java", "");
            var methods = METHOD.matcher(Files.readString(file));
            while (methods.find()) {
                var test = new RuleTest(type, methods.group(1));
                add(found, Integer.parseInt(methods.group(2)), test);
                if (methods.group(3) != null) {
                    add(found, Integer.parseInt(methods.group(3)), test);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<Integer, List<RuleTest>> found, int rule, RuleTest test) {
        found.computeIfAbsent(rule, _ -> new ArrayList<>()).add(test);
    }
}
