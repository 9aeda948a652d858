package io.tidelock.deploy.log;

import java.util.Map;
import org.slf4j.event.Level;

/**
 * The settings under {@code log}.
 *
 * @param level the least level that is logged
 * @param levels other levels, by logger name
 */
public record LogConfig(Format format, Level level, Map<String, Level> levels) {
    public LogConfig {
        levels = Map.copyOf(levels);
    }

    /** How a line looks. */
    public enum Format {
        /** One JSON object a line. */
        JSON,
        /** For people. */
        TEXT
    }
}
