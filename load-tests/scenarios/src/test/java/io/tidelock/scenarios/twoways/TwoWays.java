package io.tidelock.scenarios.twoways;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Role;
import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReadVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Two buckets of one account that both tell what happens in them, people who write to both, and whoever replicates them. */
final class TwoWays implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final Role TIDELOCK = new Role(ACCOUNT, "tidelock", Set.of(ACCOUNT), "");

    private final TemporaryDirectory directory = TemporaryDirectory.create("tidelock-two-ways-", false);
    private final Sandbox sandbox;
    private final WriteCount writes = new WriteCount();
    private final Map<Side, S3Client> people = new EnumMap<>(Side.class);

    /** Starts the world; nothing is replicated yet. */
    TwoWays() throws IOException {
        var builder = Sandbox.builder().account(ACCOUNT, "documents").role(TIDELOCK);
        for (var side : Side.values()) {
            builder.region(side.place(), side.region())
                    .bucket(side.bucket(), side.place(), ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED)
                    .notify(NotificationConfiguration.ofBucket(side.bucket(), side.topic()), 2);
        }
        sandbox = builder.start();
        sandbox.world().listen(writes);
        for (var side : Side.values()) {
            var endpoint = sandbox.region(side.place()).endpoint();
            people.put(side, S3Clients.of(endpoint, side.region(), sandbox.keyOf(ACCOUNT)));
        }
    }

    /**
     * Starts the service, and returns when it is ready.
     *
     * @param knowsItself whether the configuration says how events spell who Tidelock is
     */
    Replication replicate(boolean knowsItself) throws IOException, InterruptedException {
        var principals = knowsItself ? "[\"" + principal() + "\"]" : "[]";
        return Replication.start(new TwoWaysSetup(sandbox, FreePort.find(), principals), this);
    }

    /** Where the service keeps its configuration and log. */
    Path directory() {
        return directory.path();
    }

    /** How events spell Tidelock, as a person would find out. */
    private String principal() {
        var key = sandbox.keyOf(ACCOUNT);
        try (var sts = StsClient.builder()
                .endpointOverride(sandbox.region(Side.PARIS.place()).endpoint())
                .region(Region.of(Side.PARIS.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build()) {
            var session =
                    sts.assumeRole(request -> request.roleArn(TIDELOCK.arn()).roleSessionName("tidelock"));
            return "AWS:" + session.assumedRoleUser().assumedRoleId();
        }
    }

    /** How people write to a bucket. */
    S3Client people(Side side) {
        return Objects.requireNonNull(people.get(side), "people write to both sides");
    }

    WriteCount writes() {
        return writes;
    }

    /** All that a bucket holds by key, oldest first. */
    Map<String, List<ReadVersion>> read(Side side) throws InterruptedException {
        return new BucketReader(people(side), side.bucket()).read();
    }

    @Override
    public void close() throws IOException {
        people.values().forEach(S3Client::close);
        sandbox.close();
        directory.close();
    }
}
