package io.tidelock.deploy.command;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.log.LogSetup;
import io.tidelock.deploy.service.Service;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidelock run}: replicates until the process is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs the roles of the configuration until the process is told to stop.",
            "SIGTERM and Ctrl-C let what was begun end and be recorded, within 30 seconds.",
            "Where Kafka does not answer yet it waits, not ready, for kafka.startDeadline."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock run --config tidelock.yaml",
            "  JAVA_OPTS=-Xmx512m deploy/tidelock run --config tidelock.yaml     from a clone"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        return loaded.isPresent() ? run(loaded.get()) : ExitCode.ERROR;
    }

    private static int run(TidelockConfig config) throws InterruptedException {
        LogSetup.apply(config.log());
        try {
            var service = new Service(config);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "shutdown"));
            service.start();
            service.awaitStop();
            return ExitCode.OK;
        } catch (RuntimeException failure) {
            LoggerFactory.getLogger(RunCommand.class)
                    .atError()
                    .addKeyValue("reason", failure.getMessage())
                    .log("The service cannot start");
            return ExitCode.ERROR;
        }
    }

    private static void stop(Service service) {
        // without this the JVM would end with the signal's own code, as if the service had been killed
        Runtime.getRuntime().halt(service.stop(Service.STOP_DEADLINE) ? ExitCode.OK : ExitCode.ERROR);
    }
}
