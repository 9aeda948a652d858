package io.tidelock.scenarios.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the service's command line is reached.
 *
 * @param command what comes before {@code run}
 * @param environment what the process finds in its environment
 */
public record ServiceCommand(List<String> command, Map<String, String> environment) {
    private static final String LAUNCHER_PROPERTY = "tidelock.launcher";
    private static final String MAIN = "io.tidelock.deploy.Tidelock";

    public ServiceCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The launcher that a person uses where one is named by a system property, otherwise this JVM's own class path. */
    public static ServiceCommand found(List<String> jvmOptions) {
        var launcher = System.getProperty(LAUNCHER_PROPERTY);
        return launcher == null ? ofThisClassPath(jvmOptions) : ofLauncher(Path.of(launcher), jvmOptions);
    }

    /** The launcher {@code deploy/tidelock} of a clone. */
    static ServiceCommand ofLauncher(Path launcher, List<String> jvmOptions) {
        return new ServiceCommand(List.of(launcher.toString()), Map.of("JAVA_OPTS", String.join(" ", jvmOptions)));
    }

    /** The class path of this JVM, which holds the service where tests depend on it. */
    static ServiceCommand ofThisClassPath(List<String> jvmOptions) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        return new ServiceCommand(command, Map.of());
    }
}
