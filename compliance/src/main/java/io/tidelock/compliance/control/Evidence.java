package io.tidelock.compliance.control;

import io.tidelock.compliance.access.BlockPublicAccess;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.Home;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.policy.Trusted;
import io.tidelock.compliance.snapshot.RoleSnapshot;
import io.tidelock.compliance.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a control may look at, at one instant. Immutable. */
public final class Evidence {
    private final Snapshot snapshot;
    private final Instant at;
    private final @Nullable BucketEvidence bucket;
    private final Collected<BlockPublicAccess> accountBlock;
    private final Collected<BlockPublicAccess> organizationBlock;
    private final Collected<List<BucketEvidence>> others;
    private final Collected<Policy> roleTrust;
    private final Collected<Policy> rolePolicy;

    private Evidence(Snapshot snapshot, Instant at) {
        this.snapshot = snapshot;
        this.at = at;
        this.bucket = snapshot.bucket().map(BucketEvidence::of).orElse(null);
        this.accountBlock = snapshot.account().publicAccessBlock().then(BlockPublicAccess::read);
        this.organizationBlock = organizationBlock(snapshot);
        this.others = snapshot.otherBuckets()
                .then(list -> new Collected.Known<>(
                        list.stream().map(BucketEvidence::of).toList()));
        this.roleTrust =
                snapshot.role().then(RoleSnapshot::trust).then(node -> PolicyReader.read(node, PolicyKind.TRUST));
        this.rolePolicy =
                snapshot.role().then(RoleSnapshot::policy).then(node -> PolicyReader.read(node, PolicyKind.IDENTITY));
    }

    /** The account's value includes the organization's (rule B7), so nobody has to collect that by itself. */
    private static Collected<BlockPublicAccess> organizationBlock(Snapshot snapshot) {
        var document = snapshot.account().organizationAccessBlock();
        return document instanceof Collected.NotCollected
                ? new Collected.NotConfigured<>()
                : document.then(BlockPublicAccess::read);
    }

    /** Prepares a snapshot for judgement; never throws for what its documents hold. */
    public static Evidence of(Snapshot snapshot, Instant at) {
        return new Evidence(snapshot, at);
    }

    boolean hasNoBucket() {
        return bucket == null;
    }

    /** The bucket in question; only for controls of buckets. */
    BucketEvidence theBucket() {
        if (bucket == null) {
            throw new IllegalStateException("a control of buckets was asked about an account");
        }
        return bucket;
    }

    /** When the evidence was gathered. */
    Instant at() {
        return at;
    }

    Trusted trusted() {
        return snapshot.trusted();
    }

    Demands demands() {
        return new Demands(snapshot.settings());
    }

    /** The account's public access block, the organization's included where the API answered it. */
    Collected<BlockPublicAccess> accountBlock() {
        return accountBlock;
    }

    /** The account's block and the organization's above it. */
    EffectiveBlock blockOfAccount() {
        return new EffectiveBlock(organizationBlock, accountBlock, new Collected.NotConfigured<>());
    }

    /** The public access blocks that lie above the bucket. */
    EffectiveBlock effectiveBlock() {
        return new EffectiveBlock(organizationBlock, accountBlock, theBucket().block());
    }

    /** To whom the bucket belongs. */
    Home home() {
        String own = theBucket().account();
        return new Home(own == null ? snapshot.account().id() : own, theBucket().ownerId());
    }

    /** The other buckets that are known: destinations, sources, log targets. */
    Collected<List<BucketEvidence>> others() {
        return others;
    }

    /** Another bucket by its name, where it is known. */
    Optional<BucketEvidence> other(@Nullable String name) {
        return others.known()
                .flatMap(list -> list.stream()
                        .filter(one -> name != null && name.equals(one.name()))
                        .findFirst());
    }

    /** Who may assume the replication role. */
    Collected<Policy> roleTrust() {
        return roleTrust;
    }

    /** What the replication role may do. */
    Collected<Policy> rolePolicy() {
        return rolePolicy;
    }

    /** The ARN of the replication role, or null: the configuration's, else the snapshot's. */
    @Nullable
    String roleArn() {
        String configured = theBucket().replication().role();
        return configured != null && Arn.parse(configured).isPresent()
                ? configured
                : snapshot.role().known().map(RoleSnapshot::arn).orElse(null);
    }
}
