package io.tidelock.deploy.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:NAME}</code> and <code>${file:/path}</code> by what they refer to; a doubled dollar sign stands
 * for a plain one. A file's path is relative to the configuration file, and one newline at its end is not part of it.
 */
final class References {
    /** A secret in a file is not larger than this. */
    static final int FILE_BYTES_MAX = 65_536;

    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$?)\\{([^}]*)}");

    private final Path directory;
    private final Function<String, @Nullable String> environment;

    References(Path directory, Function<String, @Nullable String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    static boolean present(String text) {
        return REFERENCE
                .matcher(text)
                .results()
                .anyMatch(reference -> reference.group(1).isEmpty());
    }

    /**
     * The text with every reference replaced.
     *
     * @throws UnresolvedException when one cannot be
     */
    String resolve(String text) throws UnresolvedException {
        var resolved = new StringBuilder();
        var matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            var replacement = matcher.group(1).isEmpty() ? value(matcher.group(2)) : "${" + matcher.group(2) + "}";
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String value(String reference) throws UnresolvedException {
        var colon = reference.indexOf(':');
        var rest = reference.substring(colon + 1);
        return switch (colon < 0 ? "" : reference.substring(0, colon)) {
            case "env" -> variable(rest);
            case "file" -> file(rest);
            default ->
                throw new UnresolvedException(
                        "${" + reference + "} is no reference that Tidelock knows",
                        "write ${env:NAME} or ${file:/path}, or $${ for a plain ${");
        };
    }

    private String variable(String name) throws UnresolvedException {
        var value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw new UnresolvedException(
                    "the environment variable " + name + " is " + (value == null ? "not set" : "empty"),
                    "set it for the process, or refer to a file with ${file:/path}");
        }
        return value;
    }

    private String file(String name) throws UnresolvedException {
        try {
            var path = directory.resolve(name);
            if (Files.isRegularFile(path) && Files.size(path) > FILE_BYTES_MAX) {
                throw new UnresolvedException(
                        "the file " + name + " is larger than " + FILE_BYTES_MAX + " bytes",
                        "refer to a file that holds the secret and nothing else");
            }
            var text = Files.readString(path, StandardCharsets.UTF_8);
            var value = text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            if (value.isEmpty()) {
                throw new UnresolvedException("the file " + name + " is empty", "write the secret into it");
            }
            return value;
        } catch (NoSuchFileException e) {
            throw new UnresolvedException(
                    "the file " + name + " does not exist", "create it, or mount the secret that holds it", e);
        } catch (CharacterCodingException e) {
            throw new UnresolvedException("the file " + name + " is not UTF-8 text", "write the secret as text", e);
        } catch (IOException | InvalidPathException e) {
            throw new UnresolvedException(
                    "the file " + name + " cannot be read",
                    "let the process's user read it, and name a file, not a directory",
                    e);
        }
    }

    /** A reference that leads nowhere. */
    static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String remedy;

        UnresolvedException(String problem, String remedy) {
            super(problem);
            this.remedy = remedy;
        }

        UnresolvedException(String problem, String remedy, Exception cause) {
            super(problem, cause);
            this.remedy = remedy;
        }

        String problem() {
            return String.valueOf(getMessage());
        }

        String remedy() {
            return remedy;
        }
    }
}
