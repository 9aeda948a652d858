package io.tidelock.replicator.semantics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tests of several modules whose names begin with the number of a rule, as their sources tell. Only what every run of
 * the build runs counts: neither what is switched off nor what has a tag or a condition, on the method or on its class.
 */
final class RuleTests {
    /** {@code rule_47a_…} is of rule 47, {@code rule_43_and_44_…} of both. */
    private static final Pattern METHOD =
            Pattern.compile("\\s+(?:public )?void (rule_(\\d\\d)[a-f]?_(?:and_(\\d\\d)_)?\\w+)\\(");

    private static final Pattern TYPE =
            Pattern.compile("\\n(@[^;{}]*\\n)?(?:public |abstract |final )*(?:class|interface) ");

    private static final Pattern RUNS = Pattern.compile("@(?:\\w*Test|TestFactory|Property)\\b");

    private static final Pattern NOT_ALWAYS = Pattern.compile("@(?:Disabled|Enabled|Tag)\\w*");

    private static final List<String> MODULES =
            List.of("ingest", "replicator", "compliance", "deploy", "load-tests/scenarios");

    private RuleTests() {}

    /** One test. */
    record RuleTest(String type, String method) {}

    /** By rule, in the order of modules and files. */
    static SortedMap<Integer, List<RuleTest>> find() {
        var found = new TreeMap<Integer, List<RuleTest>>();
        for (var module : MODULES) {
            var root = Path.of("..").resolve(module).resolve("src/test/java");
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

    private static void read(Path file, SortedMap<Integer, List<RuleTest>> found) {
        try {
            read(file.getFileName().toString().replace(".java", ""), Files.readString(file), found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the source of one type adds. */
    static void read(String type, String source, SortedMap<Integer, List<RuleTest>> found) {
        var declared = TYPE.matcher(source);
        if (declared.find()
                && declared.group(1) != null
                && NOT_ALWAYS.matcher(declared.group(1)).find()) {
            return;
        }
        var methods = METHOD.matcher(source);
        while (methods.find()) {
            var annotations =
                    source.substring(Math.max(0, source.lastIndexOf("\n\n", methods.start())), methods.start());
            if (RUNS.matcher(annotations).find()
                    && !NOT_ALWAYS.matcher(annotations).find()) {
                var test = new RuleTest(type, methods.group(1));
                add(found, Integer.parseInt(methods.group(2)), test);
                if (methods.group(3) != null) {
                    add(found, Integer.parseInt(methods.group(3)), test);
                }
            }
        }
    }

    private static void add(SortedMap<Integer, List<RuleTest>> found, int rule, RuleTest test) {
        found.computeIfAbsent(rule, _ -> new ArrayList<>()).add(test);
    }
}
