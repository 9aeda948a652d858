package io.tidelock.deploy.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.export.SnapshotExport;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.domain.Bucket;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidelock snapshot}: exports the live buckets of a configuration for {@code tidelock assess}. */
@Command(
        name = "snapshot",
        description = {
            "Exports every source and destination bucket of the configuration with its account, its role and the buckets"
                    + " that rules connect it with, in the form that 'tidelock assess' reads. Changes nothing.",
            "A document that cannot be read stands there as {\"$unavailable\": \"<code>\"}, one that is not configured as"
                    + " null."
        },
        exitCodeList = {
            ExitCode.OK + ":every document was read",
            ExitCode.ERROR + ":the configuration is wrong, or a file could not be written",
            ExitCode.FINDINGS + ":all was exported, and some documents could not be read; standard error names them"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock snapshot --config tidelock.yaml --out exports && tidelock assess --snapshot exports",
            "  tidelock snapshot --config tidelock.yaml | tidelock assess --snapshot - --format sarif",
            "  tidelock snapshot --config tidelock.yaml --dry-run     what would be read"
        })
final class SnapshotCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where files go, one a bucket, named STORE_BUCKET.json; made when missing. Default: standard output, one line a bucket.")
    private @Nullable Path directory;

    @Option(names = "--dry-run", description = "Only say what would be read.")
    private boolean dryRun;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        return loaded.isPresent() ? export(loaded.get()) : ExitCode.ERROR;
    }

    private int export(TidelockConfig settings) throws IOException, InterruptedException {
        var readers = Wiring.postures(settings);
        try (var plan = new SnapshotExport(settings, readers, () -> {})) {
            if (dryRun) {
                plan.buckets().forEach(this::announce);
                return ExitCode.OK;
            }
            makeDirectory();
            var buckets = plan.buckets();
            try (var progress = Progress.of("documents", (long) buckets.size() * SnapshotExport.documentsEach());
                    var export = new SnapshotExport(settings, readers, progress::step)) {
                for (var bucket : buckets) {
                    write(bucket, export.snapshot(bucket));
                }
                spec.commandLine().getOut().flush();
                var err = spec.commandLine().getErr();
                export.unavailable().forEach(document -> err.println("unavailable " + document));
                err.flush();
                return export.unavailable().isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
            }
        } finally {
            readers.values().forEach(PostureReader::close);
        }
    }

    private void makeDirectory() {
        if (directory == null) {
            return;
        }
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw wrongOut("is a file; name a directory, or one that can be made");
        } catch (IOException e) {
            throw wrongOut("cannot be made, as " + e.getMessage() + "; name a directory that this user may write to");
        }
        if (!Files.isWritable(directory)) {
            throw wrongOut("may not be written to by this user; give it the right to write there");
        }
    }

    private ParameterException wrongOut(String why) {
        return new ParameterException(spec.commandLine(), "--out " + directory + ": " + why);
    }

    private void announce(Bucket bucket) {
        spec.commandLine()
                .getOut()
                .println(bucket + ": " + SnapshotExport.documentsEach()
                        + " documents, the account's public access block, and the role that replicates it"
                        + (directory == null ? "" : " -> " + file(directory, bucket)));
    }

    private static Path file(Path directory, Bucket bucket) {
        return directory.resolve(bucket.store() + "_" + bucket.name() + ".json");
    }

    private void write(Bucket bucket, ObjectNode snapshot) throws IOException {
        if (directory == null) {
            spec.commandLine().getOut().println(snapshot);
            return;
        }
        // whoever reads the directory meanwhile never sees half a file
        var unfinished = Files.createTempFile(directory, "snapshot", ".part");
        try {
            var text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(snapshot);
            Files.writeString(unfinished, text + "\n");
            var file = file(directory, bucket);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            spec.commandLine().getOut().println(file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
