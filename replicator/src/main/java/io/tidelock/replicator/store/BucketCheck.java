package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out before anything starts whether a bucket can be replicated from or to. Nothing is written: whether a replica
 * may be written, and with that key, a multipart upload tells that is started and aborted. Blocks; thread-safe.
 */
public final class BucketCheck {
    private static final String PROBE_KEY = ".tidelock-check";

    private final ObjectStore store;
    private final String prefix;

    /** Checks buckets of one store; the store stays open. */
    public BucketCheck(ObjectStore store) {
        this(store, "");
    }

    /**
     * Checks buckets of one store; the store stays open.
     *
     * @param prefix what keys begin with: where rights are narrowed to a prefix, nothing else may be asked for
     */
    public BucketCheck(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** What keeps the bucket from being a source; empty when nothing does. */
    public List<StoreProblem> source(Bucket bucket) {
        var problems = new ArrayList<StoreProblem>();
        if (inspected(bucket, problems)) {
            attempt(bucket, "s3:ListBucketVersions", problems, () -> store.stack(probe(bucket)));
            attempt(bucket, "s3:GetObjectVersion and s3:ListBucket", problems, () -> store.head(probe(bucket)));
        }
        return List.copyOf(problems);
    }

    /**
     * What keeps the bucket from being a destination; empty when nothing does.
     *
     * @param encryption what replicas will be encrypted with
     * @param storageClass what replicas will ask for, or null
     * @param cannedAcl what replicas will carry, or null
     */
    public List<StoreProblem> destination(
            Bucket bucket, Encryption encryption, @Nullable String storageClass, @Nullable String cannedAcl) {
        var problems = new ArrayList<StoreProblem>();
        if (inspected(bucket, problems)) {
            attempt(bucket, "s3:ListBucketVersions", problems, () -> store.stack(probe(bucket)));
            attempt(
                    bucket,
                    "s3:GetObject, s3:GetObjectVersion and s3:ListBucket",
                    problems,
                    () -> store.head(probe(bucket)));
            dryUpload(write(bucket, encryption, storageClass, cannedAcl), problems);
        }
        return List.copyOf(problems);
    }

    /** Whether the bucket can be reached at all; without that nothing else has to be asked. */
    private boolean inspected(Bucket bucket, List<StoreProblem> problems) {
        var facts = attempt(bucket, "s3:GetBucketVersioning", problems, () -> store.inspect(bucket));
        if (facts != null && facts.versioning() != Versioning.ENABLED) {
            problems.add(new StoreProblem(
                    bucket.toString(),
                    "versioning is " + facts.versioning() + ", replication needs ENABLED",
                    "enable versioning on the bucket"));
        }
        return facts != null;
    }

    private void dryUpload(ReplicaWrite write, List<StoreProblem> problems) {
        var bucket = write.destination().bucket();
        var needed = write.encryption() instanceof Encryption.SseKms kms
                ? "s3:PutObject, and kms:GenerateDataKey and kms:Decrypt on " + kms.keyArn()
                : "s3:PutObject";
        var upload = attempt(
                bucket,
                write.acl().canned() == null ? needed : needed + ", and s3:PutObjectAcl",
                problems,
                () -> store.startUpload(write));
        if (upload != null) {
            attempt(bucket, "s3:AbortMultipartUpload", problems, () -> {
                store.abortUpload(upload.write().destination(), upload.uploadId());
                return upload;
            });
        }
    }

    private static <T> @Nullable T attempt(
            Bucket bucket, String permission, List<StoreProblem> problems, Supplier<T> request) {
        try {
            return request.get();
        } catch (StoreException e) {
            problems.add(new StoreProblem(
                    bucket.toString(), String.valueOf(e.getMessage()), remedy(e.failure(), permission)));
            return null;
        }
    }

    private static String remedy(StoreFailure failure, String permission) {
        return switch (failure) {
            case DENIED -> "grant " + permission;
            case CREDENTIALS, CREDENTIALS_UNAVAILABLE ->
                "correct the store's credentials; for a role, its trust policy, external id and STS endpoint";
            case BUCKET_NOT_FOUND, NOT_FOUND -> "create the bucket or correct its name";
            case WRONG_REGION -> "set the store's region and endpoint to those of the bucket";
            case KMS_KEY_NOT_FOUND -> "name an existing key of the bucket's region in ReplicaKmsKeyID, as a full ARN";
            case KMS_KEY_INVALID_STATE -> "enable the key, or name another in ReplicaKmsKeyID";
            case THROTTLED, UNAVAILABLE -> "check that the store's endpoint is right and reachable, then try again";
            case UNSUPPORTED -> "choose a store that can do this, or a rule that does not need it";
            case ARCHIVED, CUSTOMER_KEY_NEEDED, PRECONDITION, CHECKSUM_MISMATCH, TOO_MANY_VERSIONS, INVALID_REQUEST ->
                "see what the store said";
        };
    }

    private ObjectKey probe(Bucket bucket) {
        return new ObjectKey(bucket, prefix + PROBE_KEY);
    }

    private ReplicaWrite write(
            Bucket bucket, Encryption encryption, @Nullable String storageClass, @Nullable String cannedAcl) {
        return new ReplicaWrite(
                probe(bucket),
                0,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                storageClass,
                encryption,
                cannedAcl == null ? AclWrite.DEFAULT : AclWrite.canned(cannedAcl),
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }
}
