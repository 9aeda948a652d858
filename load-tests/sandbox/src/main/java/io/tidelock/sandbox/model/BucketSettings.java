package io.tidelock.sandbox.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a bucket is told about itself: ownership, default encryption, policy, replication and so on. Safe for many threads. */
public final class BucketSettings {
    private volatile Optional<Ownership> ownership = Optional.of(Ownership.BUCKET_OWNER_ENFORCED);
    private volatile Encryption encryption = Encryption.SSE_S3;
    private volatile Optional<String> policy = Optional.empty();
    private volatile Optional<String> replication = Optional.empty();
    private volatile Map<String, String> tags = Map.of();
    private volatile List<Grant> grants;
    private volatile Optional<PublicAccessBlock> publicAccessBlock = Optional.empty();
    private volatile Optional<Boolean> mfaDelete = Optional.empty();
    private final Map<BucketDocument, String> documents = new ConcurrentHashMap<>();
    private final String ownerId;

    BucketSettings(String ownerId) {
        this.ownerId = ownerId;
        this.grants = CannedAcl.PRIVATE.grants(ownerId, ownerId);
    }

    /** The ownership controls; empty after they were deleted, which means ObjectWriter (API: DeleteBucketOwnershipControls). */
    public Optional<Ownership> ownershipControls() {
        return ownership;
    }

    /** The ownership that holds. */
    public Ownership ownership() {
        return ownership.orElse(Ownership.OBJECT_WRITER);
    }

    public void setOwnership(Optional<Ownership> next) {
        ownership = next;
    }

    /** How versions are encrypted whose writer says nothing (UG: Setting default server-side encryption behavior). */
    public Encryption encryption() {
        return encryption;
    }

    public void setEncryption(Encryption next) {
        encryption = next;
    }

    /** The bucket policy, as it was given. */
    public Optional<String> policy() {
        return policy;
    }

    public void setPolicy(Optional<String> next) {
        policy = next;
    }

    /** The replication configuration, as it was given. */
    public Optional<String> replication() {
        return replication;
    }

    void setReplication(Optional<String> next) {
        replication = next;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public void setTags(Map<String, String> next) {
        tags = Map.copyOf(next);
    }

    /** The bucket's ACL; without ACLs the owner alone (UG: Controlling ownership of objects). */
    public List<Grant> grants() {
        return ownership() == Ownership.BUCKET_OWNER_ENFORCED ? CannedAcl.PRIVATE.grants(ownerId, ownerId) : grants;
    }

    public void setGrants(List<Grant> next) {
        grants = List.copyOf(next);
    }

    /** The bucket's own block; its account may have one as well. */
    public Optional<PublicAccessBlock> publicAccessBlock() {
        return publicAccessBlock;
    }

    public void setPublicAccessBlock(Optional<PublicAccessBlock> next) {
        publicAccessBlock = next;
    }

    /** Whether removing versions takes a second factor; empty when nobody ever said so (UG: Configuring MFA delete). */
    public Optional<Boolean> mfaDelete() {
        return mfaDelete;
    }

    public void setMfaDelete(boolean on) {
        mfaDelete = Optional.of(on);
    }

    /** A document that is only kept, as XML. */
    public Optional<String> document(BucketDocument kind) {
        return Optional.ofNullable(documents.get(kind));
    }

    /** Keeps a document in place of the one before, or none; what comes this way is not checked. */
    public void setDocument(BucketDocument kind, Optional<String> xml) {
        if (xml.isPresent()) {
            documents.put(kind, xml.get());
        } else {
            documents.remove(kind);
        }
    }
}
