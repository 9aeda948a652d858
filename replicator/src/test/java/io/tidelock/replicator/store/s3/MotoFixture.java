package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.KnownFaults;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ServerCondition;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** moto's server, as a process of its own. */
final class MotoFixture extends ServedFixture {
    private static final String VERSION = "5.2.";
    /** Whom it takes for the owner of everything. */
    private static final String OWNER = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Process process;
    private final BucketUser user;
    private final S3ObjectStore store;

    MotoFixture() {
        var port = freePort();
        try {
            process = new ProcessBuilder("python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await().atMost(START_LIMIT).until(() -> listens(port));
        var endpoint = URI.create("http://127.0.0.1:" + port);
        user = new BucketUser("moto", endpoint, "us-east-1", "moto", "moto");
        store = new S3ObjectStore(
                S3Settings.of("moto", Vendor.GENERIC, "us-east-1", endpoint, new S3Credentials.Static("moto", "moto")));
    }

    /** Whether it is there, in the version whose faults are known. */
    static final class Installed extends ServerCondition {
        @Override
        protected Optional<String> whyNot() {
            var found = version();
            if (found.isEmpty()) {
                return Optional.of(
                        "moto is not installed; install it with: pip install 'moto[server]~=" + VERSION + "0'");
            }
            return found.startsWith(VERSION)
                    ? Optional.empty()
                    : Optional.of("moto is " + found + ", and what is known of its faults is of " + VERSION + "x");
        }

        private static String version() {
            try {
                var process = new ProcessBuilder("python3", "-c", "import moto.server; print(moto.__version__)")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                var version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return process.waitFor() == 0 ? version.strip() : "";
            } catch (IOException e) {
                return "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "";
            }
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    BucketUser user() {
        return user;
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void setReplicationConfiguration(Bucket bucket, String xml) {
        user.setReplication(bucket, xml);
    }

    @Override
    public KmsKeys kmsKeys() {
        var key = "arn:aws:kms:us-east-1:123456789012:key/";
        return new KmsKeys(key + "enabled", key + "disabled", key + "unknown");
    }

    @Override
    public String ownerId() {
        return OWNER;
    }

    @Override
    public String guestId() {
        return "guest";
    }

    @Override
    public Map<String, String> exclusions() {
        return KnownFaults.of("moto");
    }

    @Override
    public void close() {
        store.close();
        user.close();
        process.destroy();
    }
}
