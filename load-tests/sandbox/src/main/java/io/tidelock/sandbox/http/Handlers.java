package io.tidelock.sandbox.http;

/** Which code serves which operation. */
final class Handlers {
    private final ObjectReads reads;
    private final ObjectWrites writes;
    private final CopyOperations copies;
    private final DeleteOperations deletes;
    private final MultipartOperations multipart;
    private final UploadListings uploads = new UploadListings();
    private final ListingOperations listings = new ListingOperations();
    private final TaggingOperations tagging;
    private final AclOperations acls;
    private final LockOperations locks;
    private final AttributeOperations attributes = new AttributeOperations();
    private final BucketOperations buckets;
    private final BucketDocuments documents;

    Handlers(Bodies bodies) {
        this.reads = new ObjectReads(bodies);
        this.writes = new ObjectWrites(bodies);
        this.copies = new CopyOperations(bodies);
        this.deletes = new DeleteOperations(bodies);
        this.multipart = new MultipartOperations(bodies);
        this.tagging = new TaggingOperations(bodies);
        this.acls = new AclOperations(bodies);
        this.locks = new LockOperations(bodies);
        this.buckets = new BucketOperations(bodies);
        this.documents = new BucketDocuments(bodies);
    }

    Handler of(Operation operation) {
        return switch (operation) {
            case AbortMultipartUpload -> multipart::abort;
            case CompleteMultipartUpload -> multipart::complete;
            case CopyObject -> copies::copy;
            case CreateBucket -> buckets::create;
            case CreateMultipartUpload -> multipart::create;
            case DeleteBucket -> buckets::delete;
            case DeleteBucketEncryption -> documents::deleteEncryption;
            case DeleteBucketOwnershipControls -> documents::deleteOwnership;
            case DeleteBucketPolicy -> documents::deletePolicy;
            case DeleteBucketReplication -> documents::deleteReplication;
            case DeleteBucketTagging -> tagging::deleteOfBucket;
            case DeleteObject -> deletes::delete;
            case DeleteObjectTagging -> tagging::delete;
            case DeleteObjects -> deletes::deleteMany;
            case GetBucketAcl -> acls::getOfBucket;
            case GetBucketEncryption -> documents::getEncryption;
            case GetBucketLocation -> buckets::location;
            case GetBucketOwnershipControls -> documents::getOwnership;
            case GetBucketPolicy -> documents::getPolicy;
            case GetBucketReplication -> documents::getReplication;
            case GetBucketTagging -> tagging::getOfBucket;
            case GetBucketVersioning -> documents::getVersioning;
            case GetObject -> reads::get;
            case GetObjectAcl -> acls::get;
            case GetObjectAttributes -> attributes::get;
            case GetObjectLegalHold -> locks::getLegalHold;
            case GetObjectLockConfiguration -> locks::getConfiguration;
            case GetObjectRetention -> locks::getRetention;
            case GetObjectTagging -> tagging::get;
            case HeadBucket -> buckets::head;
            case HeadObject -> reads::head;
            case ListBuckets -> buckets::list;
            case ListMultipartUploads -> uploads::uploads;
            case ListObjectVersions -> listings::versions;
            case ListObjects -> listings::objects;
            case ListObjectsV2 -> listings::objectsV2;
            case ListParts -> uploads::parts;
            case PutBucketAcl -> acls::putOfBucket;
            case PutBucketEncryption -> documents::putEncryption;
            case PutBucketOwnershipControls -> documents::putOwnership;
            case PutBucketPolicy -> documents::putPolicy;
            case PutBucketReplication -> documents::putReplication;
            case PutBucketTagging -> tagging::putOfBucket;
            case PutBucketVersioning -> documents::putVersioning;
            case PutObject -> writes::put;
            case PutObjectAcl -> acls::put;
            case PutObjectLegalHold -> locks::putLegalHold;
            case PutObjectLockConfiguration -> locks::putConfiguration;
            case PutObjectRetention -> locks::putRetention;
            case PutObjectTagging -> tagging::put;
            case UploadPart -> multipart::uploadPart;
            case UploadPartCopy -> copies::copyPart;
        };
    }
}
