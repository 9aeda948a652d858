package io.tidelock.deploy.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;

/** What a command answered. */
record Answer(int exitCode, String out, String err) {
    static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    static Answer to(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = TidelockCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
