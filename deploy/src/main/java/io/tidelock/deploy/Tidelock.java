package io.tidelock.deploy;

import io.tidelock.deploy.command.TidelockCommand;
import io.tidelock.deploy.log.LogSetup;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program begins. */
public final class Tidelock {
    private static final String LOGBACK = "logback.configurationFile";

    private Tidelock() {}

    public static void main(String[] arguments) {
        // before anything logs: logback's own default tells everything, secrets included, where results are to go
        if (System.getProperty(LOGBACK) == null) {
            System.setProperty(LOGBACK, LogSetup.UNTIL_CONFIGURED);
        }
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(TidelockCommand.commandLine(out, err).execute(arguments));
    }
}
