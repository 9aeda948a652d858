package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.access.Acl;
import io.tidelock.compliance.access.AclReader;
import io.tidelock.compliance.access.BlockPublicAccess;
import io.tidelock.compliance.access.Ownership;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.snapshot.BucketDocument;
import io.tidelock.compliance.snapshot.BucketSnapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What is known of one bucket: each document raw, and those that several controls need also as facts. Immutable. */
public final class BucketEvidence {
    private final BucketSnapshot snapshot;
    private final Collected<Policy> policy;
    private final Collected<Acl> acl;
    private final Collected<BlockPublicAccess> block;
    private final Collected<Ownership> ownership;
    private final ReplicationDocument replication;
    private final SequencedMap<String, Collected<Acl>> objectAcls;

    private BucketEvidence(BucketSnapshot snapshot) {
        this.snapshot = snapshot;
        this.policy = document(BucketDocument.POLICY).then(node -> PolicyReader.read(node, PolicyKind.RESOURCE));
        this.acl = document(BucketDocument.ACL).then(AclReader::read);
        this.block = document(BucketDocument.PUBLIC_ACCESS_BLOCK).then(BlockPublicAccess::read);
        this.ownership = document(BucketDocument.OWNERSHIP_CONTROLS).then(Ownership::read);
        this.replication = ReplicationDocument.read(document(BucketDocument.REPLICATION));
        var acls = new LinkedHashMap<String, Collected<Acl>>();
        snapshot.objects().forEach((key, document) -> acls.put(key, document.then(AclReader::read)));
        this.objectAcls = Collections.unmodifiableSequencedMap(acls);
    }

    /** Reads the documents of a snapshot's bucket; never throws for what they hold. */
    static BucketEvidence of(BucketSnapshot snapshot) {
        return new BucketEvidence(snapshot);
    }

    /** The bucket's name, or null. */
    public @Nullable String name() {
        return snapshot.name();
    }

    /** The name for words. */
    String label() {
        String name = snapshot.name();
        return name == null ? "the bucket" : name;
    }

    /** The bucket's region, or null. */
    @Nullable
    String region() {
        return snapshot.region();
    }

    /** The owner's account id where the bucket itself says it, or null. */
    @Nullable
    String account() {
        return snapshot.account();
    }

    /** The bucket as policies name it, or null without a name. */
    @Nullable
    BucketResource resource() {
        String name = snapshot.name();
        return name == null ? null : new BucketResource(name);
    }

    /** One document, raw; without the outer element that command-line tools leave around it. */
    Collected<JsonNode> document(BucketDocument document) {
        return snapshot.document(document).then(node -> {
            JsonNode inner = node.size() == 1 ? node.path(wrapper(document)) : node.path("");
            return new Collected.Known<>(inner.isMissingNode() || inner.isNull() ? node : inner);
        });
    }

    private static String wrapper(BucketDocument document) {
        return switch (document) {
            case POLICY -> "Policy";
            case PUBLIC_ACCESS_BLOCK -> "PublicAccessBlockConfiguration";
            case OWNERSHIP_CONTROLS -> "OwnershipControls";
            case ENCRYPTION -> "ServerSideEncryptionConfiguration";
            case OBJECT_LOCK -> "ObjectLockConfiguration";
            case REPLICATION -> "ReplicationConfiguration";
            case ACL,
                    VERSIONING,
                    LOGGING,
                    LIFECYCLE,
                    NOTIFICATION,
                    CORS,
                    TAGGING,
                    WEBSITE,
                    REQUEST_PAYMENT,
                    INVENTORY,
                    INTELLIGENT_TIERING -> "";
        };
    }

    Collected<Policy> policy() {
        return policy;
    }

    Collected<Acl> acl() {
        return acl;
    }

    Collected<BlockPublicAccess> block() {
        return block;
    }

    Collected<Ownership> ownership() {
        return ownership;
    }

    ReplicationDocument replication() {
        return replication;
    }

    /** The ACLs of single objects, by key. */
    SequencedMap<String, Collected<Acl>> objectAcls() {
        return objectAcls;
    }

    /** The canonical id of the owner as the ACL says it, or null. */
    @Nullable
    String ownerId() {
        return acl.known().map(Acl::ownerId).orElse(null);
    }
}
