package io.tidelock.deploy.command;

/** What the process ends with, the same for every subcommand. */
public final class ExitCode {
    /** All went well, and nothing is missing. */
    public static final int OK = 0;
    /** The command could not do its work: wrong arguments, wrong configuration, a failure. */
    public static final int ERROR = 1;
    /** The command did its work and found something that needs a person. */
    public static final int FINDINGS = 2;

    private ExitCode() {}
}
