package io.tidelock.sandbox.proof;

import io.tidelock.sandbox.auth.Sessions;
import io.tidelock.sandbox.auth.SigV4Authenticator;
import io.tidelock.sandbox.auth.StsService;
import io.tidelock.sandbox.http.S3Server;
import io.tidelock.sandbox.http.S3Settings;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PolicyAuthorizer;
import io.tidelock.sandbox.policy.PolicyReader;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** One region of a sandbox with two accounts: an owner, and another who has a role that trusts the owner. */
final class SandboxServer implements ServerUnderTest {
    static final String REGION = "eu-west-1";
    static final String OWNER = "111111111111";
    static final String OTHER = "222222222222";
    static final AccessKey OWNER_KEY = new AccessKey("AKIAOWNER", "owner-secret/with+signs=");
    static final AccessKey OTHER_KEY = new AccessKey("AKIAOTHER", "other-secret");
    static final String ROLE = "arn:aws:iam::" + OTHER + ":role/replicator";
    static final String EXTERNAL_ID = "tide-42";
    static final String OWNER_KMS_KEY = "11111111-1111-1111-1111-111111111111";

    private final Vertx vertx;
    private final S3Server server;
    private final S3Client client;

    /** @param bodies a directory for large bodies, which the caller removes after the server */
    SandboxServer(Path bodies) {
        var world = new World(InstantSource.system(), 1, Set.of(REGION));
        world.add(Account.of(OWNER, "owner", OWNER_KEY)
                .withRole(new Role(OWNER, "reader", Set.of(OWNER), "").limitedTo("""
                                {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                                 "Action": "s3:GetObject", "Resource": "*"}}""")));
        world.add(Account.of(OTHER, "other", OTHER_KEY)
                .withRole(new Role(OTHER, "replicator", Set.of(OWNER), EXTERNAL_ID)));
        world.kmsKeys().put(KmsKey.enabled(REGION, OWNER, OWNER_KMS_KEY));
        var sessions = new Sessions(1);
        vertx = Vertx.vertx();
        server = S3Server.start(
                vertx,
                world,
                new S3Settings(
                        REGION,
                        "127.0.0.1",
                        0,
                        2,
                        bodies,
                        new SigV4Authenticator(world, sessions),
                        new PolicyAuthorizer(world),
                        new StsService(world, sessions, PolicyReader::identityPolicy)));
        client = clientOf(OWNER_KEY);
    }

    URI endpoint() {
        return server.endpoint();
    }

    static AwsCredentialsProvider credentials(AccessKey key) {
        AwsCredentials credentials = AwsBasicCredentials.create(key.id(), key.secret());
        return StaticCredentialsProvider.create(credentials);
    }

    /** A client with the SDK's defaults in everything but the address. */
    S3Client clientOf(AccessKey key) {
        return clientOf(credentials(key));
    }

    S3Client clientOf(AwsCredentialsProvider credentials) {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.of(REGION))
                .credentialsProvider(credentials)
                .forcePathStyle(true)
                .build();
    }

    @Override
    public String name() {
        return "the sandbox";
    }

    @Override
    public S3Client client() {
        return client;
    }

    @Override
    public Set<Gap> gaps() {
        return Set.of();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        vertx.close().await();
    }
}
