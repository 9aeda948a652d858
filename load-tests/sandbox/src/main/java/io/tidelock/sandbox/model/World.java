package io.tidelock.sandbox.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that exists: regions, accounts, KMS keys and buckets, whose names are unique in the whole world as in an AWS partition. Safe for many threads. */
public final class World {
    private final InstantSource clock;
    private final long seed;
    private final Set<String> regions;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final KmsKeys kmsKeys = new KmsKeys();
    private final Map<String, BucketState> buckets = new ConcurrentSkipListMap<>();
    private final Map<String, PublicAccessBlock> accountBlocks = new ConcurrentHashMap<>();
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * A world without accounts.
     *
     * @param clock gives the time of all changes
     * @param seed decides version ids and request ids
     * @param regions the regions that exist
     */
    public World(InstantSource clock, long seed, Set<String> regions) {
        this.clock = clock;
        this.seed = seed;
        this.regions = Set.copyOf(regions);
    }

    public Instant now() {
        return clock.instant();
    }

    /** What ids are derived from. */
    public long seed() {
        return seed;
    }

    public Set<String> regions() {
        return regions;
    }

    public KmsKeys kmsKeys() {
        return kmsKeys;
    }

    /** Adds an account, or puts it in place of the one with its id. */
    public Account add(Account account) {
        accounts.put(account.id(), account);
        return account;
    }

    public Optional<Account> account(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    public Collection<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    /** Whose long-lived access key this is. */
    public Optional<Account> holderOf(String accessKeyId) {
        return accounts.values().stream()
                .filter(account ->
                        account.accessKeys().stream().anyMatch(key -> key.id().equals(accessKeyId)))
                .findFirst();
    }

    /** The public access block of an account (S3 Control API: GetPublicAccessBlock). */
    public Optional<PublicAccessBlock> publicAccessBlock(String accountId) {
        return Optional.ofNullable(accountBlocks.get(accountId));
    }

    public void setPublicAccessBlock(String accountId, Optional<PublicAccessBlock> next) {
        if (next.isPresent()) {
            accountBlocks.put(accountId, next.get());
        } else {
            accountBlocks.remove(accountId);
        }
    }

    /** What a bucket's own block and its account's come to. */
    public PublicAccessBlock blockOf(BucketState bucket) {
        return bucket.settings()
                .publicAccessBlock()
                .orElse(PublicAccessBlock.NONE)
                .and(publicAccessBlock(bucket.owner().id()).orElse(PublicAccessBlock.NONE));
    }

    /** Tells the listener of every change from now on. */
    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /**
     * Makes a bucket.
     *
     * @throws Refusal when the name is taken or not allowed
     */
    public BucketState createBucket(String name, String region, Account owner) {
        if (!regions.contains(region)) {
            throw new IllegalArgumentException("region must be one of " + regions + ", was " + region);
        }
        BucketNames.check(name);
        var created = new BucketState(name, region, owner, clock, seed, this::tell);
        var existing = buckets.putIfAbsent(name, created);
        if (existing != null) {
            throw new Refusal(
                    existing.owner().id().equals(owner.id())
                            ? ErrorCode.BUCKET_ALREADY_OWNED_BY_YOU
                            : ErrorCode.BUCKET_ALREADY_EXISTS);
        }
        return created;
    }

    public Optional<BucketState> bucket(String name) {
        return Optional.ofNullable(buckets.get(name));
    }

    /** All buckets by name. */
    public List<BucketState> buckets() {
        return List.copyOf(buckets.values());
    }

    /**
     * Removes a bucket that holds nothing.
     *
     * @throws Refusal when versions or markers are left in it
     */
    public void deleteBucket(BucketState bucket) {
        bucket.close();
        buckets.remove(bucket.name(), bucket);
    }

    private void tell(Change change) {
        for (var listener : listeners) {
            listener.changed(change);
        }
    }
}
