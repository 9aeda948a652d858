package io.tidelock.sandbox.policy;

import io.tidelock.sandbox.auth.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which actions a request needs, all of them.
 *
 * <p>Source: "Required permissions for Amazon S3 API operations" and the permissions paragraph of each operation. Of
 * DeleteObjects each key is asked for by itself ({@link #removal}), of copies the source ({@link #copySource}).
 */
public final class S3Actions {
    /** What reading and writing a bucket's sub-resource is called. A document's removal needs the writer's permission. */
    private record Document(String read, String write) {}

    private static final Map<String, Document> OF_BUCKET = Map.ofEntries(
            document("accelerate", "AccelerateConfiguration"),
            document("acl", "BucketAcl"),
            document("analytics", "AnalyticsConfiguration"),
            document("cors", "BucketCORS"),
            document("encryption", "EncryptionConfiguration"),
            document("intelligent-tiering", "IntelligentTieringConfiguration"),
            document("inventory", "InventoryConfiguration"),
            document("lifecycle", "LifecycleConfiguration"),
            document("location", "BucketLocation"),
            document("logging", "BucketLogging"),
            document("metrics", "MetricsConfiguration"),
            document("notification", "BucketNotification"),
            document("object-lock", "BucketObjectLockConfiguration"),
            document("ownershipControls", "BucketOwnershipControls"),
            document("policy", "BucketPolicy"),
            document("policyStatus", "BucketPolicyStatus"),
            document("publicAccessBlock", "BucketPublicAccessBlock"),
            document("replication", "ReplicationConfiguration"),
            document("requestPayment", "BucketRequestPayment"),
            document("tagging", "BucketTagging"),
            document("versioning", "BucketVersioning"),
            document("website", "BucketWebsite"));

    /** Buckets' documents whose removal has a permission of its own. */
    private static final Set<String> REMOVED_BY_NAME = Set.of("policy", "website");

    private static final List<String> LOCK_HEADERS =
            List.of("x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date");

    private S3Actions() {}

    private static Map.Entry<String, Document> document(String subResource, String name) {
        return Map.entry(subResource, new Document("s3:Get" + name, "s3:Put" + name));
    }

    /**
     * Actions on a bucket.
     *
     * @param method the HTTP method
     * @param parameters the names in the query
     */
    public static List<String> onBucket(String method, Set<String> parameters) {
        for (var known : OF_BUCKET.entrySet()) {
            if (parameters.contains(known.getKey())) {
                return List.of(
                        switch (method) {
                            case "GET", "HEAD" -> known.getValue().read();
                            case "DELETE" ->
                                REMOVED_BY_NAME.contains(known.getKey())
                                        ? known.getValue().write().replace("s3:Put", "s3:Delete")
                                        : known.getValue().write();
                            default -> known.getValue().write();
                        });
            }
        }
        return switch (method) {
            case "PUT" -> List.of("s3:CreateBucket");
            case "DELETE" -> List.of("s3:DeleteBucket");
            case "GET", "HEAD" ->
                List.of(
                        parameters.contains("versions")
                                ? "s3:ListBucketVersions"
                                : parameters.contains("uploads") ? "s3:ListBucketMultipartUploads" : "s3:ListBucket");
            default -> List.of();
        };
    }

    /**
     * Actions on an object; of a copy, those on its destination.
     *
     * @param method the HTTP method
     * @param parameters the names in the query
     * @param headers the request's header fields
     */
    public static List<String> onObject(String method, Set<String> parameters, Headers headers) {
        var version = parameters.contains("versionId") ? "Version" : "";
        if (parameters.contains("uploadId")) {
            return List.of(
                    switch (method) {
                        case "GET", "HEAD" -> "s3:ListMultipartUploadParts";
                        case "DELETE" -> "s3:AbortMultipartUpload";
                        default -> "s3:PutObject";
                    });
        }
        var verb = switch (method) {
            case "GET", "HEAD" -> "s3:Get";
            case "DELETE" -> "s3:Delete";
            default -> "s3:Put";
        };
        if (parameters.contains("acl")) {
            return List.of(verb + "Object" + version + "Acl");
        }
        if (parameters.contains("tagging")) {
            return List.of(verb + "Object" + version + "Tagging");
        }
        if (parameters.contains("retention")) {
            return bypassing(List.of(verb + "ObjectRetention"), headers);
        }
        if (parameters.contains("legal-hold")) {
            return List.of(verb + "ObjectLegalHold");
        }
        if (parameters.contains("attributes")) {
            return List.of("s3:GetObject" + version, "s3:GetObject" + version + "Attributes");
        }
        if (parameters.contains("restore")) {
            return List.of("s3:RestoreObject");
        }
        return switch (method) {
            case "GET", "HEAD" -> List.of("s3:GetObject" + version);
            case "DELETE" -> bypassing(List.of(removal(!version.isEmpty())), headers);
            default -> writing(headers);
        };
    }

    /** The action of removing one key, or one of its versions. */
    public static String removal(boolean ofVersion) {
        return ofVersion ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
    }

    /** The action on the source of a copy. */
    public static String copySource(boolean ofVersion) {
        return ofVersion ? "s3:GetObjectVersion" : "s3:GetObject";
    }

    private static List<String> writing(Headers headers) {
        var actions = new ArrayList<String>();
        actions.add("s3:PutObject");
        var names = headers.names();
        if (names.contains("x-amz-tagging")) {
            actions.add("s3:PutObjectTagging");
        }
        if (names.contains("x-amz-acl") || names.stream().anyMatch(name -> name.startsWith("x-amz-grant-"))) {
            actions.add("s3:PutObjectAcl");
        }
        if (LOCK_HEADERS.stream().anyMatch(names::contains)) {
            actions.add("s3:PutObjectRetention");
        }
        if (names.contains("x-amz-object-lock-legal-hold")) {
            actions.add("s3:PutObjectLegalHold");
        }
        return actions;
    }

    private static List<String> bypassing(List<String> actions, Headers headers) {
        if (headers.first("x-amz-bypass-governance-retention")
                .filter("true"::equalsIgnoreCase)
                .isEmpty()) {
            return actions;
        }
        var all = new ArrayList<>(actions);
        all.add("s3:BypassGovernanceRetention");
        return all;
    }
}
