package io.tidelock.scenarios.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** rclone between the two endpoints, told to ask no more than it must. */
final class Rclone {
    /** The numbers of transfers that are tried; the best counts. */
    static final List<Integer> TRANSFERS = List.of(4, 8, 16, 32, 64);

    // Prints what the shell measured of the child on the last line: real, user and system seconds.
    private static final String TIMED = "TIMEFORMAT='%3R %3U %3S'; time \"$@\"";

    private final SandboxProcess sandbox;

    Rclone(SandboxProcess sandbox) {
        this.sandbox = sandbox;
    }

    /** Says whether rclone is there. */
    static boolean isInstalled() throws InterruptedException {
        try {
            var process = new ProcessBuilder("rclone", "version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Copies a workload into the empty bucket that is meant for this number of transfers. */
    Speed copy(Workload workload, int transfers) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        TIMED,
                        "bash",
                        "rclone",
                        "copy",
                        "src:" + TwoRegions.SOURCE_BUCKET + "/" + workload.name(),
                        "dst:" + workload.bucketFor(transfers) + "/" + workload.name(),
                        "--transfers=" + transfers,
                        "--checkers=" + transfers,
                        // The destination is empty: nothing is to be looked for there, before or after.
                        "--no-check-dest",
                        "--s3-no-check-bucket",
                        "--s3-no-head",
                        "--config=/dev/null",
                        "--quiet",
                        "--stats=0")
                .redirectErrorStream(true);
        // Nothing of the user's own AWS or rclone settings may change what is measured.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("RCLONE_"));
        builder.environment().putAll(environment());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("rclone failed: " + output);
        }
        var times = output.substring(output.lastIndexOf('\n') + 1).split(" ");
        return new Speed(workload, seconds(times[0]), seconds(times[1]).plus(seconds(times[2])));
    }

    private Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        remote(environment, "SRC", sandbox.paris(), TwoRegions.PARIS_REGION, sandbox.sourceKey());
        remote(environment, "DST", sandbox.frankfurt(), TwoRegions.FRANKFURT_REGION, sandbox.destinationKey());
        return environment;
    }

    private static void remote(Map<String, String> into, String name, URI endpoint, String region, AccessKey key) {
        var prefix = "RCLONE_CONFIG_" + name + "_";
        into.put(prefix + "TYPE", "s3");
        into.put(prefix + "PROVIDER", "Other");
        into.put(prefix + "ENDPOINT", endpoint.toString());
        into.put(prefix + "REGION", region);
        into.put(prefix + "ACCESS_KEY_ID", key.id());
        into.put(prefix + "SECRET_ACCESS_KEY", key.secret());
        // The only one that buckets take whose owner is enforced; rclone sends "private" otherwise.
        into.put(prefix + "ACL", "bucket-owner-full-control");
    }

    private static Duration seconds(String text) {
        return Duration.ofNanos((long) (Double.parseDouble(text) * 1e9));
    }
}
