package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.auth.Sessions;
import io.tidelock.sandbox.auth.SigV4Authenticator;
import io.tidelock.sandbox.auth.StsService;
import io.tidelock.sandbox.fault.Faults;
import io.tidelock.sandbox.http.RequestCounts;
import io.tidelock.sandbox.http.S3Server;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PolicyAuthorizer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** One region of the sandbox with an account that owns the buckets and one that may assume a role in it. */
public final class SandboxFixture extends ServedFixture {
    static final String REGION = "eu-west-3";
    static final AccessKey GUEST_KEY = new AccessKey("AKIAGUEST", "guests secret");
    static final String EXTERNAL_ID = "tide-7";
    private static final AccessKey OWNER_KEY = new AccessKey("AKIAOWNER", "owners secret");
    private static final Account GUEST = Account.of("444455556666", "guest", GUEST_KEY);
    private static final String ACCOUNT = "111122223333";

    private final String name;
    private final Role role;
    private final Account owner;
    private final KmsKey enabled;
    private final KmsKey disabled;
    private final Vertx vertx = Vertx.vertx();
    private final World world;
    private final S3Server server;
    private final BucketUser user;
    private final S3ObjectStore store;
    private final S3ObjectStore withoutChecksums;

    SandboxFixture() {
        this("sandbox", ACCOUNT, InstantSource.system());
    }

    /**
     * Starts the region.
     *
     * @param name of the store, as a configuration would call it
     * @param account the id of the one that owns the buckets
     * @param clock what its versions get their times from
     */
    public SandboxFixture(String name, String account, InstantSource clock) {
        this.name = name;
        world = new World(clock, 42, Set.of(REGION));
        role = new Role(account, "replicator", Set.of(GUEST.rootArn()), EXTERNAL_ID);
        owner = Account.of(account, "owner", OWNER_KEY).withRole(role);
        enabled = KmsKey.enabled(REGION, account, "11111111-2222-3333-4444-555555555555");
        disabled = KmsKey.enabled(REGION, account, "66666666-7777-8888-9999-000000000000")
                .withState(KmsKey.State.DISABLED);
        world.add(owner);
        world.add(GUEST);
        world.kmsKeys().put(enabled);
        world.kmsKeys().put(disabled);
        var sessions = new Sessions(7);
        try {
            server = S3Server.start(
                    vertx,
                    world,
                    new io.tidelock.sandbox.http.S3Settings(
                            REGION,
                            "127.0.0.1",
                            0,
                            1,
                            Files.createTempDirectory("tidelock-contract"),
                            new SigV4Authenticator(world, sessions),
                            new PolicyAuthorizer(world),
                            new StsService(world, sessions, _ -> {})));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        user = new BucketUser(name, server.endpoint(), REGION, OWNER_KEY.id(), OWNER_KEY.secret());
        store = new S3ObjectStore(settings(ownerKeys()));
        withoutChecksums = new S3ObjectStore(settings(Vendor.CEPH, ownerKeys()));
    }

    static S3Credentials ownerKeys() {
        return new S3Credentials.Static(OWNER_KEY.id(), OWNER_KEY.secret());
    }

    /** The guest, as a session of the owner's role. */
    S3Credentials role(String externalId) {
        return new S3Credentials.AssumeRole(
                role.arn(), externalId, endpoint(), new S3Credentials.Static(GUEST_KEY.id(), GUEST_KEY.secret()));
    }

    S3Settings settings(S3Credentials credentials) {
        return settings(Vendor.GENERIC, credentials);
    }

    S3Settings settings(Vendor vendor, S3Credentials credentials) {
        return S3Settings.of(name, vendor, REGION, endpoint(), credentials);
    }

    URI endpoint() {
        return server.endpoint();
    }

    /** The encryption context that a version was written with, as it was sent. */
    Optional<String> contextOf(ObjectVersion version) {
        return world.bucket(version.object().bucket().name())
                .flatMap(bucket -> bucket.find(
                        version.object().key(), Optional.of(version.id().value())))
                .map(StoredVersion.class::cast)
                .flatMap(stored -> stored.attributes().encryption().context());
    }

    /** The canonical ids of so many more accounts, which are the same in every region. */
    public List<String> strangers(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Account.of("%012d".formatted(900_000_000_000L + number), "stranger " + number))
                .peek(world::add)
                .map(Account::canonicalId)
                .toList();
    }

    /** From now on nobody may do that with the versions in a bucket. */
    public void deny(Bucket bucket, String... actions) {
        world.bucket(bucket.name()).orElseThrow().settings().setPolicy(Optional.of("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": ["%1$s"], "Resource": ["arn:aws:s3:::%2$s", "arn:aws:s3:::%2$s/*"]}]}
                """.formatted(
                        String.join("\", \"", actions), bucket.name())));
    }

    /** What goes wrong in it. */
    public Faults faults() {
        return server.faults();
    }

    /** What was asked of it, by S3's names. */
    public RequestCounts counts() {
        return server.counts();
    }

    @Override
    BucketUser user() {
        return user;
    }

    @Override
    public S3ObjectStore store() {
        return store;
    }

    /** The same buckets as somebody sees them who sends no checksums. */
    public ObjectStore withoutChecksums() {
        return withoutChecksums;
    }

    @Override
    public void setReplicationConfiguration(Bucket bucket, String xml) {
        world.bucket(bucket.name()).orElseThrow().setReplication(Optional.of(xml));
    }

    @Override
    public KmsKeys kmsKeys() {
        return new KmsKeys(
                enabled.arn(),
                disabled.arn(),
                "arn:aws:kms:" + REGION + ":" + owner.id() + ":key/00000000-1111-1111-1111-000000000000");
    }

    @Override
    public String ownerId() {
        return owner.canonicalId();
    }

    @Override
    public String guestId() {
        return GUEST.canonicalId();
    }

    @Override
    public Map<String, String> exclusions() {
        return Map.of();
    }

    @Override
    public void close() {
        store.close();
        withoutChecksums.close();
        user.close();
        server.close();
        vertx.close().await();
    }
}
