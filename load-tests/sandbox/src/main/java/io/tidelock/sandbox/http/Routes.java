package io.tidelock.sandbox.http;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the operation that a request asks for; a sub-resource that is not known is never taken for something else (API: Operations). */
final class Routes {
    /** Parameters that refine an operation and do not choose it. */
    private static final Set<String> REFINING = Set.of(
            "bucket-region",
            "continuation-token",
            "delimiter",
            "encoding-type",
            "fetch-owner",
            "key-marker",
            "marker",
            "max-buckets",
            "max-keys",
            "max-parts",
            "max-uploads",
            "part-number-marker",
            "partnumber",
            "prefix",
            "start-after",
            "upload-id-marker",
            "version-id-marker",
            "versionid");

    private static final Map<String, Operation> SERVICE = Map.of("GET", Operation.ListBuckets);

    private static final Map<String, Operation> BUCKET = Map.ofEntries(
            entry("GET", Operation.ListObjects),
            entry("HEAD", Operation.HeadBucket),
            entry("PUT", Operation.CreateBucket),
            entry("DELETE", Operation.DeleteBucket),
            entry("GET list-type", Operation.ListObjectsV2),
            entry("GET versions", Operation.ListObjectVersions),
            entry("GET uploads", Operation.ListMultipartUploads),
            entry("GET location", Operation.GetBucketLocation),
            entry("POST delete", Operation.DeleteObjects),
            entry("GET acl", Operation.GetBucketAcl),
            entry("PUT acl", Operation.PutBucketAcl),
            entry("GET versioning", Operation.GetBucketVersioning),
            entry("PUT versioning", Operation.PutBucketVersioning),
            entry("GET policy", Operation.GetBucketPolicy),
            entry("PUT policy", Operation.PutBucketPolicy),
            entry("DELETE policy", Operation.DeleteBucketPolicy),
            entry("GET encryption", Operation.GetBucketEncryption),
            entry("PUT encryption", Operation.PutBucketEncryption),
            entry("DELETE encryption", Operation.DeleteBucketEncryption),
            entry("GET ownershipcontrols", Operation.GetBucketOwnershipControls),
            entry("PUT ownershipcontrols", Operation.PutBucketOwnershipControls),
            entry("DELETE ownershipcontrols", Operation.DeleteBucketOwnershipControls),
            entry("GET replication", Operation.GetBucketReplication),
            entry("PUT replication", Operation.PutBucketReplication),
            entry("DELETE replication", Operation.DeleteBucketReplication),
            entry("GET tagging", Operation.GetBucketTagging),
            entry("PUT tagging", Operation.PutBucketTagging),
            entry("DELETE tagging", Operation.DeleteBucketTagging),
            entry("GET accelerate", Operation.GetBucketAccelerateConfiguration),
            entry("PUT accelerate", Operation.PutBucketAccelerateConfiguration),
            entry("GET cors", Operation.GetBucketCors),
            entry("PUT cors", Operation.PutBucketCors),
            entry("DELETE cors", Operation.DeleteBucketCors),
            entry("GET lifecycle", Operation.GetBucketLifecycleConfiguration),
            entry("PUT lifecycle", Operation.PutBucketLifecycleConfiguration),
            entry("DELETE lifecycle", Operation.DeleteBucketLifecycle),
            entry("GET logging", Operation.GetBucketLogging),
            entry("PUT logging", Operation.PutBucketLogging),
            entry("GET notification", Operation.GetBucketNotificationConfiguration),
            entry("PUT notification", Operation.PutBucketNotificationConfiguration),
            entry("GET requestpayment", Operation.GetBucketRequestPayment),
            entry("PUT requestpayment", Operation.PutBucketRequestPayment),
            entry("GET website", Operation.GetBucketWebsite),
            entry("PUT website", Operation.PutBucketWebsite),
            entry("DELETE website", Operation.DeleteBucketWebsite),
            entry("GET publicaccessblock", Operation.GetPublicAccessBlock),
            entry("PUT publicaccessblock", Operation.PutPublicAccessBlock),
            entry("DELETE publicaccessblock", Operation.DeletePublicAccessBlock),
            entry("GET policystatus", Operation.GetBucketPolicyStatus),
            entry("GET object-lock", Operation.GetObjectLockConfiguration),
            entry("PUT object-lock", Operation.PutObjectLockConfiguration));

    private static final Map<String, Operation> OBJECT = Map.ofEntries(
            entry("GET", Operation.GetObject),
            entry("HEAD", Operation.HeadObject),
            entry("PUT", Operation.PutObject),
            entry("DELETE", Operation.DeleteObject),
            entry("GET acl", Operation.GetObjectAcl),
            entry("PUT acl", Operation.PutObjectAcl),
            entry("GET attributes", Operation.GetObjectAttributes),
            entry("GET tagging", Operation.GetObjectTagging),
            entry("PUT tagging", Operation.PutObjectTagging),
            entry("DELETE tagging", Operation.DeleteObjectTagging),
            entry("GET retention", Operation.GetObjectRetention),
            entry("PUT retention", Operation.PutObjectRetention),
            entry("GET legal-hold", Operation.GetObjectLegalHold),
            entry("PUT legal-hold", Operation.PutObjectLegalHold),
            entry("POST uploads", Operation.CreateMultipartUpload),
            entry("PUT uploadid", Operation.UploadPart),
            entry("POST uploadid", Operation.CompleteMultipartUpload),
            entry("DELETE uploadid", Operation.AbortMultipartUpload),
            entry("GET uploadid", Operation.ListParts));

    /** S3 Control shares the endpoint (S3 Control API: GetPublicAccessBlock). */
    private static final String ACCOUNT_BLOCK = "/v20180820/configuration/publicAccessBlock";

    private static final Map<String, Operation> ACCOUNT = Map.of(
            "GET", Operation.GetAccountPublicAccessBlock,
            "PUT", Operation.PutAccountPublicAccessBlock,
            "DELETE", Operation.DeleteAccountPublicAccessBlock);

    private Routes() {}

    /** Whether a path is one of S3 Control, which speaks of accounts and not of buckets. */
    static boolean ofAccount(String rawPath) {
        return rawPath.equals(ACCOUNT_BLOCK);
    }

    /** The operation on an account, or empty when there is none such. */
    static Optional<Operation> findOfAccount(String method) {
        return Optional.ofNullable(ACCOUNT.get(method));
    }

    /** The operation, or empty when there is none such. */
    static Optional<Operation> find(String method, Target target, boolean copySource) {
        var asked = method;
        for (var name : target.query().names()) {
            var parameter = name.toLowerCase(Locale.ROOT);
            if (!refines(parameter)) {
                asked += " " + parameter;
            }
        }
        var operation = table(target).get(asked);
        if (copySource && operation == Operation.PutObject) {
            operation = Operation.CopyObject;
        } else if (copySource && operation == Operation.UploadPart) {
            operation = Operation.UploadPartCopy;
        }
        return Optional.ofNullable(operation);
    }

    private static Map<String, Operation> table(Target target) {
        if (target.bucket().isEmpty()) {
            return SERVICE;
        }
        return target.key().isEmpty() ? BUCKET : OBJECT;
    }

    /** Names with {@code x-} are the client's own (UG: Logging requests, custom access log information) or a signature's. */
    private static boolean refines(String parameter) {
        return REFINING.contains(parameter) || parameter.startsWith("x-") || parameter.startsWith("response-");
    }
}
