package io.tidelock.deploy.command;

import java.util.Collection;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Names of dead letters: partition and offset. */
final class LetterIds implements ITypeConverter<String> {
    private static final Pattern ID = Pattern.compile("(0|[1-9][0-9]{0,9})@(0|[1-9][0-9]{0,18})");

    @Override
    public String convert(String text) {
        if (!isId(text)) {
            throw new TypeConversionException(wrong(text));
        }
        return text;
    }

    /** Refuses what is no name; picocli tells nothing of the converter where it may also be left out. */
    static void require(CommandLine command, Collection<String> ids) {
        for (var id : ids) {
            if (!isId(id)) {
                throw new ParameterException(command, "ID " + wrong(id));
            }
        }
    }

    private static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static String wrong(String text) {
        return "must be PARTITION@OFFSET, like 3@1042, as 'tidelock dead-letters list' names them; was \"" + text
                + "\"";
    }

    /** What is said of names that no dead letter has. */
    static ParameterException unknown(CommandLine command, Collection<String> ids) {
        return new ParameterException(
                command,
                "ID " + String.join(", ", ids)
                        + ": there is no such dead letter; 'tidelock dead-letters list' names them");
    }
}
