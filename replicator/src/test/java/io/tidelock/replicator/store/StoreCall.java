package io.tidelock.replicator.store;

/** The S3 API actions behind the port, in S3's spelling, so that they can be counted and made to fail. */
@SuppressWarnings("MemberName") // the names are S3's own
public enum StoreCall {
    HeadObject,
    ListObjectVersions,
    GetObject,
    GetObjectTagging,
    GetObjectAcl,
    PutObject,
    CopyObject,
    CreateMultipartUpload,
    UploadPart,
    UploadPartCopy,
    CompleteMultipartUpload,
    AbortMultipartUpload,
    ListParts,
    ListMultipartUploads,
    DeleteObject,
    PutObjectTagging,
    PutObjectAcl,
    PutObjectRetention,
    PutObjectLegalHold,
    GetBucketReplication,
    GetBucketVersioning
}
