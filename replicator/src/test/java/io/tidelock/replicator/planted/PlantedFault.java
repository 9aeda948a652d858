package io.tidelock.replicator.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mistake that somebody could make, as a change of one source file.
 *
 * @param name what goes wrong
 * @param source the file, from the root of the tree
 * @param right a piece of it as it is; it has to stand there once, white space aside
 * @param wrong what stands there instead when the fault is planted
 * @param how what the change does, in words
 * @param tests that fail then, each as {@code class#method}
 */
record PlantedFault(String name, String source, String right, String wrong, String how, List<String> tests) {
    private static final Path ROOT = Path.of("..");

    PlantedFault {
        tests = List.copyOf(tests);
        if (tests.isEmpty()) {
            throw new IllegalArgumentException("tests must name at least one, of: " + name);
        }
    }

    /** The file with the fault in it. */
    String planted() throws IOException {
        var text = Files.readString(ROOT.resolve(source));
        var places = pattern().matcher(text).results().count();
        if (places != 1) {
            throw new IllegalStateException(
                    name + ": its place is found " + places + " times in " + source + "; say anew where it is planted");
        }
        return pattern().matcher(text).replaceFirst(Matcher.quoteReplacement(wrong.strip()));
    }

    private Pattern pattern() {
        return Pattern.compile(
                Arrays.stream(right.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
    }

    /** Its file, from the root of the sources. */
    Path compiled() {
        var path = Path.of(source);
        return path.subpath(path.getNameCount() - depth(path), path.getNameCount());
    }

    /** How many names there are below {@code src/main/java}. */
    private static int depth(Path path) {
        for (var i = 0; i < path.getNameCount(); i++) {
            if (path.getName(i).toString().equals("java")) {
                return path.getNameCount() - i - 1;
            }
        }
        throw new IllegalArgumentException("source must lie below src/main/java, was " + path);
    }

    @Override
    public String toString() {
        return name;
    }
}
