package io.tidelock.deploy;

import io.tidelock.deploy.command.TidelockCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the program begins. */
public final class Tidelock {
    private Tidelock() {}

    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(TidelockCommand.commandLine(out, err).execute(arguments));
    }
}
