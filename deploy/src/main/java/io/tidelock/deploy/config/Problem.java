package io.tidelock.deploy.config;

import io.tidelock.deploy.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param file as it was named on the command line
 * @param place where, or null when the file as a whole is meant
 * @param setting such as {@code stores.paris.region}, or empty when the file as a whole is meant
 * @param problem what is wrong, with the value unless it is a secret
 * @param remedy what to do about it, or empty where the problem itself says what would be right
 */
public record Problem(String file, @Nullable Place place, String setting, String problem, String remedy) {
    /** The problem as one plain line for people: file, line, column, setting, problem, remedy. */
    public String text() {
        var text = new StringBuilder(file);
        if (place != null) {
            text.append(':').append(place.line()).append(':').append(place.column());
        }
        text.append(": ");
        if (!setting.isEmpty()) {
            text.append(setting).append(": ");
        }
        text.append(problem);
        if (!remedy.isEmpty()) {
            text.append("; ").append(remedy);
        }
        return PlainText.line(text.toString());
    }
}
