package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.KnownFaults;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ServerCondition;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container of its own. */
final class ContainerFixture extends ServedFixture {
    private static final String PROPERTY = "tidelock.containers";
    private static final String REGION = "us-east-1";
    private static final String KEY = "contract-key";
    private static final String SECRET = "contract-secret";

    private final GenericContainer<?> container;
    private final String faults;
    private final KmsKeys kmsKeys;
    private final BucketUser user;
    private final S3ObjectStore store;

    /** MinIO, with one KMS key that it holds itself. */
    static ContainerFixture minio() {
        return new ContainerFixture(
                new GenericContainer<>(DockerImageName.parse("minio/minio:RELEASE.2025-04-22T22-12-26Z"))
                        .withCommand("server", "/data")
                        .withEnv("MINIO_ROOT_USER", KEY)
                        .withEnv("MINIO_ROOT_PASSWORD", SECRET)
                        .withEnv("MINIO_KMS_SECRET_KEY", "enabled:b3RoZXJzLWtub3ctdGhpcy10aGlydHktdHdvLWJ5dGU="),
                9000,
                Vendor.MINIO,
                "minio",
                new KmsKeys("arn:aws:kms:enabled", "arn:aws:kms:disabled", "arn:aws:kms:unknown"));
    }

    /** LocalStack's S3. */
    static ContainerFixture localStack() {
        var key = "arn:aws:kms:us-east-1:000000000000:key/";
        return new ContainerFixture(
                new GenericContainer<>(DockerImageName.parse("localstack/localstack:4.3")).withEnv("SERVICES", "s3"),
                4566,
                Vendor.GENERIC,
                "localstack",
                new KmsKeys(key + "enabled", key + "disabled", key + "unknown"));
    }

    private ContainerFixture(GenericContainer<?> image, int port, Vendor vendor, String faults, KmsKeys kmsKeys) {
        this.faults = faults;
        this.kmsKeys = kmsKeys;
        container = image.withExposedPorts(port);
        container.start();
        var endpoint = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(port));
        user = new BucketUser(faults, endpoint, REGION, KEY, SECRET);
        store = new S3ObjectStore(
                S3Settings.of(faults, vendor, REGION, endpoint, new S3Credentials.Static(KEY, SECRET)));
    }

    /** Whether this run may start containers, and can. */
    static final class Allowed extends ServerCondition {
        @Override
        protected Optional<String> whyNot() {
            if (System.getProperty(PROPERTY) == null) {
                return Optional.of("servers in containers run with -Pcontainers, which needs a container engine");
            }
            return DockerClientFactory.instance().isDockerAvailable()
                    ? Optional.empty()
                    : Optional.of("no container engine answers; Testcontainers looks for one in DOCKER_HOST");
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
        return kmsKeys;
    }

    @Override
    public String ownerId() {
        return user.ownerId();
    }

    @Override
    public String guestId() {
        return "guest";
    }

    @Override
    public Map<String, String> exclusions() {
        return KnownFaults.of(faults);
    }

    @Override
    public void close() {
        store.close();
        user.close();
        container.close();
    }
}
