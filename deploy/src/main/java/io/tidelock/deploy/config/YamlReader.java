package io.tidelock.deploy.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/** Reads a YAML file, or says why it is none. */
final class YamlReader {
    /** A larger file is not a configuration. */
    static final int BYTES_MAX = 4 << 20;

    private static final int ALIASES_MAX = 100;
    private static final int DEPTH_MAX = 40;

    private YamlReader() {}

    static Optional<YamlDocument> read(Path file, References references, Problems problems) {
        return text(file, problems)
                .flatMap(text -> compose(text, problems))
                .flatMap(root -> new YamlTree(references, problems).convert(root));
    }

    private static Optional<String> text(Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.add(null, "", "is a directory", "name the configuration file in it");
            } else if (Files.isRegularFile(file) && Files.size(file) > BYTES_MAX) {
                problems.add(null, "", "is larger than " + BYTES_MAX + " bytes", "name a configuration file");
            } else {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
                return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
            }
        } catch (NoSuchFileException e) {
            problems.add(null, "", "does not exist", "name an existing file with --config");
        } catch (AccessDeniedException e) {
            problems.add(null, "", "may not be read by this user", "give the process's user the right to read it");
        } catch (CharacterCodingException e) {
            problems.add(null, "", "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            problems.add(null, "", "cannot be read (" + e.getMessage() + ")", "check the file and its disk");
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(String text, Problems problems) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setNestingDepthLimit(DEPTH_MAX);
        options.setCodePointLimit(BYTES_MAX);
        var dumper = new DumperOptions();
        var yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new CoreResolver());
        try {
            var root = Optional.ofNullable(yaml.compose(new java.io.StringReader(text)));
            if (root.isEmpty()) {
                problems.add(null, "", "is empty", "write a configuration, see the examples");
            }
            return root;
        } catch (MarkedYAMLException e) {
            marked(e, text, problems);
        } catch (ReaderException e) {
            problems.add(
                    place(text, e.getPosition()),
                    "",
                    "holds the character U+%04X, which YAML does not allow".formatted(e.getCodePoint()),
                    "remove it, or write it as an escape in double quotes");
        } catch (YAMLException e) {
            problems.add(
                    null,
                    "",
                    "is too deeply nested or uses too many aliases (" + e.getMessage() + ")",
                    "write it with fewer levels and aliases");
        }
        return Optional.empty();
    }

    private static void marked(MarkedYAMLException e, String text, Problems problems) {
        var mark = e.getProblemMark();
        var place = mark == null ? null : new Place(mark.getLine() + 1, mark.getColumn() + 1);
        var line = mark == null
                ? ""
                : text.lines().skip(mark.getLine()).findFirst().orElse("");
        var problem = String.valueOf(e.getProblem()).replace('\n', ' ').strip();
        problems.add(place, "", "is not YAML: " + problem, remedy(problem, line));
    }

    private static String remedy(String problem, String line) {
        if (line.contains("\t")) {
            return "indent with spaces: YAML allows no tabs there";
        } else if (line.contains("${")) {
            return "put the text with ${...} in double quotes";
        } else if (problem.contains("another document")) {
            return "remove what follows the line with ---";
        } else if (problem.contains("undefined alias")) {
            return "a value that begins with * must be in quotes";
        }
        return "check the indentation, the colons and the quotes of this line and the one before";
    }

    private static Place place(String text, int codePoints) {
        var end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        var before = text.substring(0, end);
        var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Place(line, end - before.lastIndexOf('\n'));
    }
}
