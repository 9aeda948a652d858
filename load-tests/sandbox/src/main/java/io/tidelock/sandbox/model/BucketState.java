package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.JoinedBody;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One bucket with all it holds. Safe for many threads: each call is one step under the bucket's own lock. */
public final class BucketState {
    private final String name;
    private final String region;
    private final Account owner;
    private final Instant created;
    private final InstantSource clock;
    private final Announcer announcer;
    private final VersionEdits edits;
    private final Identifiers identifiers;
    private final BucketSettings settings;
    private final BucketVersioning versioning;
    private final KeySpace keys = new KeySpace();
    private final Uploads uploads = new Uploads();
    private boolean closed;

    BucketState(String name, String region, Account owner, InstantSource clock, long seed, ChangeListener listener) {
        this.name = name;
        this.region = region;
        this.owner = owner;
        this.clock = clock;
        this.announcer = new Announcer(name, region, owner, listener);
        this.edits = new VersionEdits(keys, announcer);
        this.created = seconds(clock.instant());
        this.identifiers = new Identifiers(seed, region, name);
        this.settings = new BucketSettings(owner.canonicalId());
        this.versioning = new BucketVersioning(settings);
    }

    public String name() {
        return name;
    }

    public String region() {
        return region;
    }

    public Account owner() {
        return owner;
    }

    public Instant created() {
        return created;
    }

    public BucketSettings settings() {
        return settings;
    }

    public synchronized Versioning versioning() {
        return versioning.now();
    }

    public synchronized void setVersioning(Versioning next) {
        versioning.set(next);
    }

    /** The lock configuration; empty where object lock is not enabled. */
    public synchronized Optional<ObjectLockRule> objectLock() {
        return versioning.objectLock();
    }

    public synchronized void setObjectLock(ObjectLockRule rule) {
        versioning.setObjectLock(rule);
    }

    public synchronized void setReplication(Optional<String> next) {
        versioning.setReplication(next);
    }

    /** The version that a request means: the current one, or the one it names; empty when there is none. */
    public synchronized Optional<Version> find(String key, Optional<String> versionId) {
        var chain = keys.chain(key);
        return versionId.isPresent()
                ? chain.flatMap(found -> found.find(versionId.get()))
                : chain.flatMap(VersionChain::current);
    }

    /** As {@link #find}, with one hold more on the bytes of a stored version, which the caller releases. */
    public synchronized Optional<Version> hold(String key, Optional<String> versionId) {
        var found = find(key, versionId);
        if (found.isPresent() && found.get() instanceof StoredVersion stored) {
            stored.body().retain();
        }
        return found;
    }

    /** All versions and markers of a key, newest first. */
    public synchronized List<Version> versions(String key) {
        return keys.chain(key).map(VersionChain::newestFirst).orElse(List.of());
    }

    /** Who owns a version now: without ACLs the bucket's owner owns them all (UG: Controlling ownership of objects). */
    public String ownerOf(Version version) {
        return settings.ownership() == Ownership.BUCKET_OWNER_ENFORCED ? owner.canonicalId() : version.ownerId();
    }

    /** Owner and ACL of a version as they hold now. */
    public ObjectAccess accessOf(StoredVersion version) {
        return settings.ownership() == Ownership.BUCKET_OWNER_ENFORCED
                ? new ObjectAccess(owner.canonicalId(), List.of(new Grant(owner.canonicalId(), Grant.FULL_CONTROL)))
                : new ObjectAccess(version.ownerId(), version.grants());
    }

    /** Writes a version, in place of the null version unless versioning is enabled (UG: Adding objects to versioning-suspended buckets). */
    public synchronized StoredVersion put(NewObject object, Actor actor) {
        try {
            checkOpen();
            object.condition().check(keys.currentObject(object.key()));
        } catch (Refusal refusal) {
            object.body().release();
            throw refusal;
        }
        var now = clock.instant();
        var ownerId = settings.ownership().ownerOf(actor.canonicalId(), owner.canonicalId(), object.acl());
        var attributes = object.attributes();
        var written = new StoredVersion(
                object.key(),
                nextVersionId(),
                seconds(now),
                identifiers.sequencer(now),
                ownerId,
                attributes.encryption().hidesMd5() ? identifiers.opaqueETag() : object.md5(),
                object.body(),
                versioning.locked(attributes, seconds(now)),
                object.checksum(),
                List.of(),
                grants(object.acl(), ownerId));
        return write(object.name(), written, actor, now);
    }

    /**
     * Deletes without a version id: hides behind a marker where versions are kept, which is a null marker in place of the null version when
     * versioning is suspended (UG: Deleting object versions; Deleting objects from versioning-suspended buckets).
     */
    public synchronized Removal delete(String key, WriteCondition condition, Actor actor) {
        condition.check(keys.currentObject(key));
        return delete(key, actor, false);
    }

    /** Deletes as a lifecycle rule does (UG: Expiring objects). */
    public synchronized Removal expire(String key) {
        return delete(key, lifecycle(), true);
    }

    private Actor lifecycle() {
        return new Actor("s3", owner.canonicalId(), "s3.amazonaws.com", "s3.amazonaws.com", "");
    }

    private Removal delete(String key, Actor actor, boolean lifecycle) {
        checkOpen();
        var now = clock.instant();
        if (versioning.now() == Versioning.NEVER) {
            var removed = removeNull(key);
            removed.ifPresent(gone -> announcer.tell(
                    lifecycle ? EventName.LIFECYCLE_EXPIRATION_DELETE : EventName.OBJECT_REMOVED_DELETE,
                    gone,
                    identifiers.sequencer(now),
                    actor,
                    now));
            return new Removal(Optional.empty(), false);
        }
        var markerId = nextVersionId();
        if (markerId.equals(Version.NULL_ID)) {
            removeNull(key);
        }
        var marker = new DeleteMarker(key, markerId, seconds(now), identifiers.sequencer(now), actor.canonicalId());
        keys.append(marker);
        announcer.tell(
                lifecycle
                        ? EventName.LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED
                        : EventName.OBJECT_REMOVED_DELETE_MARKER_CREATED,
                marker,
                marker.sequencer(),
                actor,
                now);
        return new Removal(Optional.of(markerId), true);
    }

    /** Removes one version or marker for good; one that is not there is no error (UG: Deleting object versions). */
    public Removal deleteVersion(String key, String versionId, Actor actor) {
        return deleteVersion(key, versionId, actor, false);
    }

    /** The same by somebody who may pass over GOVERNANCE; markers are never locked (UG: Managing delete markers with Object Lock). */
    public synchronized Removal deleteVersion(String key, String versionId, Actor actor, boolean bypassGovernance) {
        return remove(key, versionId, EventName.OBJECT_REMOVED_DELETE, actor, bypassGovernance);
    }

    /** Removes a noncurrent version as a lifecycle rule does, which leaves locked ones alone (UG: Object Lock considerations). */
    public synchronized Removal expireVersion(String key, String versionId) {
        return remove(key, versionId, EventName.LIFECYCLE_EXPIRATION_DELETE, lifecycle(), false);
    }

    private Removal remove(String key, String versionId, EventName event, Actor actor, boolean bypassGovernance) {
        var now = clock.instant();
        if (find(key, Optional.of(versionId)).orElse(null) instanceof StoredVersion stored) {
            stored.attributes().lock().checkRemovable(now, bypassGovernance);
        }
        var removed = keys.remove(key, versionId);
        removed.ifPresent(version -> {
            letGo(version);
            announcer.tell(event, version, identifiers.sequencer(now), actor, now);
        });
        return new Removal(Optional.of(versionId), removed.isPresent() && removed.get() instanceof DeleteMarker);
    }

    /** Changes the tags of a version; nothing else of it changes (UG: Categorizing your storage using tags). */
    public synchronized void setTags(StoredVersion version, Map<String, String> tags, Actor actor) {
        edits.setTags(version, tags, actor, clock.instant());
    }

    /** Changes the ACL of a version; there is no event when it was the same before (UG: Supported event types, object ACL). */
    public synchronized void setGrants(StoredVersion version, List<Grant> grants, Actor actor) {
        edits.setGrants(version, grants, actor, clock.instant());
    }

    /** Gives a version another retention, or none (API: PutObjectRetention). */
    public synchronized void setRetention(
            StoredVersion version, Optional<Retention> retention, boolean bypassGovernance, Actor actor) {
        edits.setRetention(version, retention, bypassGovernance, actor, clock.instant());
    }

    /** Holds a version or lets it go (API: PutObjectLegalHold). */
    public synchronized void setLegalHold(StoredVersion version, boolean on, Actor actor) {
        edits.setLegalHold(version, on, actor, clock.instant());
    }

    /** Puts something else in the place of a version that is still there, without a word. */
    synchronized void change(StoredVersion version, UnaryOperator<StoredVersion> change) {
        edits.change(version, change);
    }

    synchronized void swap(String key, String left, String right) {
        keys.chain(key).orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_KEY)).swap(left, right);
    }

    public synchronized ObjectListing.Page list(ObjectListing.Query query) {
        return keys.objects(query);
    }

    public synchronized VersionListing.Page list(VersionListing.Query query) {
        return keys.versions(query);
    }

    /** Begins an upload in parts. */
    public synchronized UploadView beginUpload(String key, UploadPlan plan, Actor actor) {
        checkOpen();
        return uploads.begin(identifiers.uploadId(), key, clock.instant(), actor, plan)
                .view();
    }

    public synchronized UploadView upload(String key, String uploadId) {
        return uploads.get(key, uploadId).view();
    }

    /** All uploads under way, by key and then by age. */
    public synchronized List<UploadView> uploads() {
        return uploads.list();
    }

    /** Stores a part, whose bytes the bucket takes over whether or not it is refused. */
    public synchronized Part putPart(String key, String uploadId, NewPart part) {
        try {
            return uploads.put(uploads.get(key, uploadId), part, identifiers, seconds(clock.instant()));
        } catch (Refusal refusal) {
            part.body().release();
            throw refusal;
        }
    }

    public synchronized void abortUpload(String key, String uploadId) {
        uploads.end(uploads.get(key, uploadId), List.of());
    }

    /** Makes a version of the named parts; it counts as modified when the upload began (UG: Uploading and copying objects using multipart upload). */
    public synchronized StoredVersion completeUpload(Completion completion, Actor actor) {
        var upload = uploads.get(completion.key(), completion.uploadId());
        var assembly = new Assembly(upload);
        var parts = assembly.parts(completion.parts());
        var checksum = assembly.checksum(parts);
        completion.check(parts, checksum);
        completion.condition().check(keys.currentObject(upload.key));
        var now = clock.instant();
        var ownerId =
                settings.ownership().ownerOf(upload.initiator.canonicalId(), owner.canonicalId(), upload.plan.acl());
        var written = new StoredVersion(
                upload.key,
                nextVersionId(),
                seconds(upload.initiated),
                identifiers.sequencer(now),
                ownerId,
                Assembly.eTag(parts),
                new JoinedBody(parts.stream().map(Part::body).toList()),
                versioning.locked(upload.plan.attributes(), seconds(upload.initiated)),
                checksum,
                parts,
                grants(upload.plan.acl(), ownerId));
        uploads.end(upload, parts);
        return write(EventName.OBJECT_CREATED_COMPLETE_MULTIPART_UPLOAD, written, actor, now);
    }

    /** Ends the bucket, which must hold neither versions nor markers (API: DeleteBucket). */
    synchronized void close() {
        if (!keys.isEmpty()) {
            throw new Refusal(
                    ErrorCode.BUCKET_NOT_EMPTY,
                    versioning.now() == Versioning.NEVER
                            ? ErrorCode.BUCKET_NOT_EMPTY.message()
                            : "The bucket you tried to delete is not empty. You must delete all versions in the"
                                    + " bucket.");
        }
        uploads.close();
        closed = true;
    }

    /** A bucket that was deleted takes nothing more from requests that found it before. */
    private void checkOpen() {
        if (closed) {
            throw new Refusal(ErrorCode.NO_SUCH_BUCKET).with("BucketName", name);
        }
    }

    private StoredVersion write(EventName event, StoredVersion written, Actor actor, Instant now) {
        if (written.isNull()) {
            removeNull(written.key());
        }
        keys.append(written);
        announcer.tell(event, written, written.sequencer(), actor, now);
        return written;
    }

    private Optional<Version> removeNull(String key) {
        var removed = keys.remove(key, Version.NULL_ID);
        removed.ifPresent(BucketState::letGo);
        return removed;
    }

    private static void letGo(Version version) {
        if (version instanceof StoredVersion stored) {
            stored.body().release();
        }
    }

    private String nextVersionId() {
        return versioning.now() == Versioning.ENABLED ? identifiers.versionId() : Version.NULL_ID;
    }

    private List<Grant> grants(Optional<NamedAcl> acl, String ownerId) {
        return acl.orElse(CannedAcl.PRIVATE).grants(ownerId, owner.canonicalId());
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
