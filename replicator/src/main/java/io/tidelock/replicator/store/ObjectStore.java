package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One object store with one set of credentials. Calls block (they run on virtual threads), are thread-safe, retry
 * nothing, and throw only {@link StoreException}. Absence is an answer where the signature says so, and
 * {@link StoreFailure#NOT_FOUND} elsewhere.
 */
public interface ObjectStore extends AutoCloseable {
    /** What the store can and cannot do. */
    Capabilities capabilities();

    /** How many requests can be under way at once; the next one waits for one of them. */
    default int connectionsMax() {
        return Integer.MAX_VALUE;
    }

    /** After how long at most a request is cut that makes another version or marker current. */
    default Duration writeTimeout() {
        return Duration.ofMinutes(5);
    }

    /**
     * The parts that a version was uploaded in, in order; empty where the store does not tell, or not these credentials.
     *
     * @param algorithm of their checksums, which are empty where the store keeps none in it
     */
    default List<Multipart.Kept> partsOf(ObjectVersion version, String algorithm) {
        return List.of();
    }

    /**
     * The length of one of the parts that a version was uploaded in, and how many there are; empty where the store does not tell, or not these
     * credentials, and where a customer's key would be needed.
     *
     * @param number from 1
     */
    default Optional<Multipart.Told> partOf(ObjectVersion version, int number) {
        return Optional.empty();
    }

    /** What a plain GET of the key would see. */
    HeadAnswer head(ObjectKey object);

    /** That version, whatever stands above it. */
    HeadAnswer head(ObjectVersion version);

    /** All versions and markers of exactly this key, newest first; {@link StoreFailure#TOO_MANY_VERSIONS} above {@link VersionStack#LAYERS_MAX}. */
    VersionStack stack(ObjectKey object);

    /**
     * Starts reading a version.
     *
     * @param range which bytes, or null for all
     * @param ifMatch the ETag that it must still have, or null; a version that moved is {@link StoreFailure#PRECONDITION}
     */
    OpenObject open(ObjectVersion version, @Nullable ByteRange range, @Nullable String ifMatch);

    Map<String, String> tags(ObjectVersion version);

    /**
     * Asks for the retention and the legal hold of a version by name, because its head leaves out what these credentials
     * may not see. That there is none is an answer.
     */
    default void requireLockReadable(ObjectVersion version) {}

    /** Who owns the version and who may do what with it. */
    ObjectAcl acl(ObjectVersion version);

    /** The canonical id of the version's owner. */
    default String owner(ObjectVersion version) {
        return acl(version).owner();
    }

    /**
     * Writes a whole version in one request; reads exactly {@code write.sizeBytes()} bytes of the body. When the body
     * itself fails nothing is written, and the failure thrown is the body's own: its operation is the read's.
     */
    Written put(ReplicaWrite write, InputStream body);

    /** Copies a version that never changes. */
    default Written copy(ObjectVersion source, ReplicaWrite write) {
        return copy(source, null, write);
    }

    /**
     * Copies without moving bytes through us; only where these credentials read the source too.
     * {@link StoreFailure#UNSUPPORTED} where {@link Capabilities#copiesWhole()} says so.
     *
     * @param ifMatch the ETag that the source must still have, or null; one that moved is {@link StoreFailure#PRECONDITION}
     */
    Written copy(ObjectVersion source, @Nullable String ifMatch, ReplicaWrite write);

    Multipart.Upload startUpload(ReplicaWrite write);

    /** Writes one part; reads exactly {@code lengthBytes} bytes of the body. */
    Multipart.Part uploadPart(Multipart.Upload upload, int number, InputStream body, long lengthBytes);

    /** Writes one part that is copied from a version that never changes. */
    default Multipart.Part copyPart(Multipart.Upload upload, int number, ObjectVersion source, ByteRange range) {
        return copyPart(upload, number, source, null, range);
    }

    /**
     * Writes one part without moving bytes through us; only where these credentials read the source too.
     * {@link StoreFailure#UNSUPPORTED} where {@link Capabilities#copiesWhole()} says so.
     *
     * @param ifMatch the ETag that the source must still have, or null; one that moved is {@link StoreFailure#PRECONDITION}
     */
    Multipart.Part copyPart(
            Multipart.Upload upload, int number, ObjectVersion source, @Nullable String ifMatch, ByteRange range);

    Written completeUpload(Multipart.Upload upload, List<Multipart.Part> parts);

    /** The parts that an upload has so far, by number; {@link StoreFailure#NOT_FOUND} when it is not under way. */
    List<Multipart.Kept> parts(Multipart.Upload upload);

    /** Ends an upload and removes its parts; {@link StoreFailure#NOT_FOUND} when it is not under way. */
    void abortUpload(ObjectKey object, String uploadId);

    /** All uploads to a bucket that are under way, in order of their keys. */
    void uploads(Bucket bucket, Consumer<Multipart.Open> each);

    /**
     * Puts a delete marker on top and tells its id. Only for buckets whose versioning is enabled: elsewhere S3 removes
     * the null version for good.
     */
    default VersionId putDeleteMarker(ObjectKey object) {
        return putDeleteMarker(object, new Precondition.Anything());
    }

    /**
     * The same as long as a precondition holds, where the store honours one on deletes; elsewhere whatever is there.
     *
     * @param precondition {@link Precondition.StillETag} or {@link Precondition.Anything}: S3 has no other for deletes
     * @throws StoreException {@link StoreFailure#PRECONDITION} where it does not hold
     */
    VersionId putDeleteMarker(ObjectKey object, Precondition precondition);

    /** Replaces all tags of a version. */
    void putTags(ObjectVersion version, Map<String, String> tags);

    /** Replaces a version's ACL. */
    void putAcl(ObjectVersion version, AclWrite acl);

    /** Locks a version, or longer or harder than it is; asking for less is {@link StoreFailure#DENIED}. */
    void putRetention(ObjectVersion version, String mode, Instant until);

    /**
     * Turns a retention in GOVERNANCE into one in COMPLIANCE until the given time, which must not be earlier than it ends
     * now. S3 allows that only with a bypass of the old one, and so with the right {@code s3:BypassGovernanceRetention}.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html">PutObjectRetention</a>
     */
    void hardenRetention(ObjectVersion version, Instant until);

    /** Puts a legal hold on a version. */
    void putLegalHold(ObjectVersion version);

    /** The bucket's replication configuration as XML, or empty when it has none. */
    Optional<String> replicationConfiguration(Bucket bucket);

    /** What {@code tidelock check} wants to know of a bucket. */
    BucketFacts inspect(Bucket bucket);

    @Override
    void close();
}
