package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketDocument;

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
    private final DocumentOperations kept;
    private final PublicAccessOperations publicAccess;

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
        this.kept = new DocumentOperations(bodies);
        this.publicAccess = new PublicAccessOperations(bodies);
    }

    Handler of(Operation operation) {
        return switch (operation) {
            case AbortMultipartUpload -> multipart::abort;
            case CompleteMultipartUpload -> multipart::complete;
            case CopyObject -> copies::copy;
            case CreateBucket -> buckets::create;
            case CreateMultipartUpload -> multipart::create;
            case DeleteAccountPublicAccessBlock -> publicAccess::deleteOfAccount;
            case DeleteBucket -> buckets::delete;
            case DeleteBucketCors -> kept.delete(BucketDocument.CORS);
            case DeleteBucketEncryption -> documents::deleteEncryption;
            case DeleteBucketLifecycle -> kept.delete(BucketDocument.LIFECYCLE);
            case DeleteBucketOwnershipControls -> documents::deleteOwnership;
            case DeleteBucketPolicy -> documents::deletePolicy;
            case DeleteBucketReplication -> documents::deleteReplication;
            case DeleteBucketTagging -> tagging::deleteOfBucket;
            case DeleteBucketWebsite -> kept.delete(BucketDocument.WEBSITE);
            case DeleteObject -> deletes::delete;
            case DeleteObjectTagging -> tagging::delete;
            case DeleteObjects -> deletes::deleteMany;
            case DeletePublicAccessBlock -> publicAccess::deleteOfBucket;
            case GetAccountPublicAccessBlock -> publicAccess::getOfAccount;
            case GetBucketAccelerateConfiguration -> kept.get(BucketDocument.ACCELERATE);
            case GetBucketAcl -> acls::getOfBucket;
            case GetBucketCors -> kept.get(BucketDocument.CORS);
            case GetBucketEncryption -> documents::getEncryption;
            case GetBucketLifecycleConfiguration -> kept.get(BucketDocument.LIFECYCLE);
            case GetBucketLocation -> buckets::location;
            case GetBucketLogging -> kept.get(BucketDocument.LOGGING);
            case GetBucketNotificationConfiguration -> kept.get(BucketDocument.NOTIFICATION);
            case GetBucketOwnershipControls -> documents::getOwnership;
            case GetBucketPolicy -> documents::getPolicy;
            case GetBucketPolicyStatus -> publicAccess::policyStatus;
            case GetBucketReplication -> documents::getReplication;
            case GetBucketRequestPayment -> kept.get(BucketDocument.REQUEST_PAYMENT);
            case GetBucketTagging -> tagging::getOfBucket;
            case GetBucketVersioning -> documents::getVersioning;
            case GetBucketWebsite -> kept.get(BucketDocument.WEBSITE);
            case GetObject -> reads::get;
            case GetObjectAcl -> acls::get;
            case GetObjectAttributes -> attributes::get;
            case GetObjectLegalHold -> locks::getLegalHold;
            case GetObjectLockConfiguration -> locks::getConfiguration;
            case GetObjectRetention -> locks::getRetention;
            case GetObjectTagging -> tagging::get;
            case GetPublicAccessBlock -> publicAccess::getOfBucket;
            case HeadBucket -> buckets::head;
            case HeadObject -> reads::head;
            case ListBuckets -> buckets::list;
            case ListMultipartUploads -> uploads::uploads;
            case ListObjectVersions -> listings::versions;
            case ListObjects -> listings::objects;
            case ListObjectsV2 -> listings::objectsV2;
            case ListParts -> uploads::parts;
            case PutAccountPublicAccessBlock -> publicAccess::putOfAccount;
            case PutBucketAccelerateConfiguration -> kept.put(BucketDocument.ACCELERATE);
            case PutBucketAcl -> acls::putOfBucket;
            case PutBucketCors -> kept.put(BucketDocument.CORS);
            case PutBucketEncryption -> documents::putEncryption;
            case PutBucketLifecycleConfiguration -> kept.put(BucketDocument.LIFECYCLE);
            case PutBucketLogging -> kept.put(BucketDocument.LOGGING);
            case PutBucketNotificationConfiguration -> kept.put(BucketDocument.NOTIFICATION);
            case PutBucketOwnershipControls -> documents::putOwnership;
            case PutBucketPolicy -> documents::putPolicy;
            case PutBucketReplication -> documents::putReplication;
            case PutBucketRequestPayment -> kept.put(BucketDocument.REQUEST_PAYMENT);
            case PutBucketTagging -> tagging::putOfBucket;
            case PutBucketVersioning -> documents::putVersioning;
            case PutBucketWebsite -> kept.put(BucketDocument.WEBSITE);
            case PutObject -> writes::put;
            case PutObjectAcl -> acls::put;
            case PutObjectLegalHold -> locks::putLegalHold;
            case PutObjectLockConfiguration -> locks::putConfiguration;
            case PutObjectRetention -> locks::putRetention;
            case PutObjectTagging -> tagging::put;
            case PutPublicAccessBlock -> publicAccess::putOfBucket;
            case UploadPart -> multipart::uploadPart;
            case UploadPartCopy -> copies::copyPart;
        };
    }
}
