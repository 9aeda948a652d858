package io.tidelock.sandbox;

import io.tidelock.sandbox.auth.Authorizer;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.Versioning;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PolicyAuthorizer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says what a sandbox holds, then starts it. Nothing is running before {@link #start()}. Not thread-safe. */
public final class SandboxBuilder {
    private final Map<String, String> regions = new LinkedHashMap<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<KmsKey> kmsKeys = new ArrayList<>();
    private final List<NewBucket> buckets = new ArrayList<>();
    private final List<Notified> notifications = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private long seed = 1;
    private int kafkaRelays;
    private long kafkaDiskBytes;
    private Function<World, Authorizer> authorizer = PolicyAuthorizer::new;

    SandboxBuilder() {}

    /** Adds a region: what people call it and its id. */
    public SandboxBuilder region(String name, String region) {
        regions.put(name, region);
        return this;
    }

    /** Adds an account, twelve digits, with one access key that is derived from them. */
    public SandboxBuilder account(String id, String displayName) {
        accounts.put(id, Account.of(id, displayName, new AccessKey("AKIA" + id, "secret-of-" + id)));
        return this;
    }

    /** Adds a role to its account, which was added before. */
    public SandboxBuilder role(Role role) {
        accounts.compute(
                role.accountId(), (id, account) -> known("account", id, account).withRole(role));
        return this;
    }

    public SandboxBuilder kmsKey(KmsKey key) {
        kmsKeys.add(key);
        return this;
    }

    /**
     * Adds a versioned bucket.
     *
     * @param ownership who owns what others write into it
     */
    public SandboxBuilder bucket(String name, String regionName, String accountId, Ownership ownership) {
        return bucket(name, regionName, accountId, ownership, Versioning.ENABLED);
    }

    /** Adds a bucket. */
    public SandboxBuilder bucket(
            String name, String regionName, String accountId, Ownership ownership, Versioning versioning) {
        known("region", regionName, regions.get(regionName));
        known("account", accountId, accounts.get(accountId));
        buckets.add(new NewBucket(name, regionName, accountId, ownership, versioning));
        return this;
    }

    /** Tells a topic of changes; the topic is made with the given number of partitions. */
    public SandboxBuilder notify(NotificationConfiguration configuration, int partitions) {
        notifications.add(new Notified(configuration, partitions));
        return this;
    }

    /** Gives the time of all changes; the system's clock unless told otherwise. */
    public SandboxBuilder clock(InstantSource next) {
        clock = next;
        return this;
    }

    /** Decides version ids, request ids and session keys. */
    public SandboxBuilder seed(long next) {
        seed = next;
        return this;
    }

    /** Adds so many ways to the broker that can be cut while it goes on. */
    public SandboxBuilder kafkaRelays(int count) {
        kafkaRelays = count;
        return this;
    }

    /** Gives the broker a disk of its own of so many bytes, which can be full; takes root, see {@code BrokerDisk.obstacle}. */
    public SandboxBuilder kafkaDisk(long bytes) {
        kafkaDiskBytes = bytes;
        return this;
    }

    /** Judges requests otherwise, or watches the judge; by policies unless told otherwise. */
    public SandboxBuilder authorizer(Function<World, Authorizer> next) {
        authorizer = next;
        return this;
    }

    /** Starts everything and returns when it serves. */
    public Sandbox start() {
        var world = new World(clock, seed, Set.copyOf(regions.values()));
        accounts.values().forEach(world::add);
        kmsKeys.forEach(world.kmsKeys()::put);
        buckets.forEach(bucket -> create(world, bucket));
        return Sandbox.start(
                world,
                regions,
                notifications,
                clock,
                authorizer.apply(world),
                () -> new SandboxKafka(kafkaRelays, kafkaDiskBytes));
    }

    private void create(World world, NewBucket bucket) {
        BucketState created = world.createBucket(
                bucket.name(),
                known("region", bucket.regionName(), regions.get(bucket.regionName())),
                known("account", bucket.accountId(), accounts.get(bucket.accountId())));
        if (bucket.versioning() != Versioning.NEVER) {
            created.setVersioning(bucket.versioning());
        }
        created.settings().setOwnership(Optional.of(bucket.ownership()));
    }

    private static <T> T known(String kind, String name, @Nullable T found) {
        if (found == null) {
            throw new IllegalArgumentException("the sandbox has no " + kind + " " + name + "; add it first");
        }
        return found;
    }

    /** A notification and how many partitions its topic gets. */
    record Notified(NotificationConfiguration configuration, int partitions) {}

    private record NewBucket(
            String name, String regionName, String accountId, Ownership ownership, Versioning versioning) {}
}
