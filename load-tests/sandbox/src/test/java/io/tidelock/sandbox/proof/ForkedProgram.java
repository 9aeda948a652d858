package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.AccessKey;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of somebody else's, run in an environment that holds nothing of the user's. */
final class ForkedProgram {
    private static final Duration TIME_MAX = Duration.ofMinutes(2);

    private final Path program;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /** What a run left. */
    record Result(int exit, String out, String err) {
        Result ok() {
            assertThat(exit).as("exit; it said: %s%n%s", out, err).isZero();
            return this;
        }

        Result failed(String because) {
            assertThat(exit).as("exit; it said: %s%n%s", out, err).isNotZero();
            assertThat(err).contains(because);
            return this;
        }
    }

    private ForkedProgram(Path program, Path home) {
        this.program = program;
        this.home = home;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("NO_PROXY", "127.0.0.1");
    }

    /** The program on the path; the test is skipped where there is none. */
    static ForkedProgram find(String name, String debianPackage, Path home) {
        var found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(), name + " is not on the path; install it with: apt-get install " + debianPackage);
        return new ForkedProgram(found.orElseThrow(), home);
    }

    /** The aws CLI, set up for a server and a key. */
    static ForkedProgram aws(Path home, URI endpoint, AccessKey key) throws IOException {
        var aws = find("aws", "awscli", home);
        // Version 1 of the CLI presigns with Signature Version 2 for addresses that are not AWS's, unless it is told.
        var config = Files.writeString(home.resolve("aws-config"), "[default]\ns3 =\n  signature_version = s3v4\n");
        aws.set("AWS_ACCESS_KEY_ID", key.id());
        aws.set("AWS_SECRET_ACCESS_KEY", key.secret());
        aws.set("AWS_DEFAULT_REGION", SandboxServer.REGION);
        aws.set("AWS_REGION", SandboxServer.REGION);
        aws.set("AWS_ENDPOINT_URL", endpoint.toString());
        aws.set("AWS_CONFIG_FILE", config.toString());
        aws.set("AWS_SHARED_CREDENTIALS_FILE", home.resolve("no-credentials").toString());
        aws.set("AWS_EC2_METADATA_DISABLED", "true");
        aws.set("AWS_MAX_ATTEMPTS", "1");
        aws.set("AWS_PAGER", "");
        return aws;
    }

    /** rclone with one remote, {@code sandbox:}. */
    static ForkedProgram rclone(Path home, URI endpoint, AccessKey key) {
        var rclone = find("rclone", "rclone", home);
        rclone.set("RCLONE_CONFIG", home.resolve("no-config").toString());
        rclone.set("RCLONE_CONFIG_SANDBOX_TYPE", "s3");
        rclone.set("RCLONE_CONFIG_SANDBOX_PROVIDER", "Other");
        rclone.set("RCLONE_CONFIG_SANDBOX_ACCESS_KEY_ID", key.id());
        rclone.set("RCLONE_CONFIG_SANDBOX_SECRET_ACCESS_KEY", key.secret());
        rclone.set("RCLONE_CONFIG_SANDBOX_REGION", SandboxServer.REGION);
        rclone.set("RCLONE_CONFIG_SANDBOX_ENDPOINT", endpoint.toString());
        rclone.set("RCLONE_CONFIG_SANDBOX_FORCE_PATH_STYLE", "true");
        // rclone sends the ACL "private" unless it is told, which S3 refuses in a bucket whose ACLs are switched off.
        rclone.set("RCLONE_CONFIG_SANDBOX_ACL", "bucket-owner-full-control");
        rclone.set("RCLONE_CONFIG_SANDBOX_BUCKET_ACL", "private");
        rclone.set("RCLONE_RETRIES", "1");
        rclone.set("RCLONE_LOW_LEVEL_RETRIES", "1");
        return rclone;
    }

    ForkedProgram set(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(home, "out", "");
        var err = Files.createTempFile(home, "err", "");
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(TIME_MAX.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends within %s", command, TIME_MAX)
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
