package io.tidelock.scenarios.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Snapshots of buckets that are not there: documents of the size and the variety of real ones, the same for a seed. */
final class GeneratedSnapshots {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> REGIONS = List.of("eu-west-1", "eu-central-1", "us-east-1", "ap-south-1");
    private static final List<String> ACTIONS =
            List.of("s3:GetObject", "s3:PutObject", "s3:*", "s3:Get*", "s3:ListBucket", "s3:DeleteObject");
    private static final List<String> OBJECT_KEYS = List.of("index.html", "a/b", "reports/2026.csv");

    private final Random random;

    GeneratedSnapshots(long seed) {
        random = new Random(seed);
    }

    /** Writes that many files into {@code directory} and returns their bytes together. */
    long write(Path directory, int count) throws IOException {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            byte[] snapshot = JSON.writeValueAsBytes(snapshot("bucket-" + i));
            Files.write(directory.resolve("bucket-%06d.json".formatted(i)), snapshot);
            bytes += snapshot.length;
        }
        return bytes;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode snapshot(String name) {
        var snapshot = object();
        snapshot.set("bucket", bucket(name, "111122223333"));
        var account = snapshot.putObject("account").put("id", "111122223333");
        account.set("publicAccessBlock", block());
        var others = snapshot.putArray("otherBuckets");
        others.add(bucket(name + "-replica", "444455556666"));
        others.add(bucket("logs", "111122223333"));
        var role = snapshot.putObject("role").put("arn", "arn:aws:iam::111122223333:role/replication");
        var trust = role.putObject("trust")
                .put("Version", "2012-10-17")
                .putArray("Statement")
                .addObject();
        trust.put("Effect", "Allow")
                .put("Action", "sts:AssumeRole")
                .putObject("Principal")
                .put("Service", "s3.amazonaws.com");
        var policy = role.putObject("policy")
                .put("Version", "2012-10-17")
                .putArray("Statement")
                .addObject();
        policy.put("Effect", "Allow").put("Resource", one(List.of("*", "arn:aws:s3:::" + name + "/*")));
        policy.putArray("Action")
                .add("s3:ReplicateObject")
                .add("s3:ReplicateDelete")
                .add("s3:GetObjectVersionForReplication");
        snapshot.putObject("trusted").putArray("accounts").add("444455556666");
        return snapshot;
    }

    private ObjectNode bucket(String name, String account) {
        var bucket = object().put("name", name).put("region", one(REGIONS)).put("account", account);
        bucket.set("policy", policy(name));
        bucket.set("acl", acl());
        bucket.set("publicAccessBlock", block());
        bucket.putObject("ownershipControls")
                .putArray("Rules")
                .addObject()
                .put("ObjectOwnership", one(List.of("BucketOwnerEnforced", "ObjectWriter")));
        bucket.putObject("versioning")
                .put("Status", one(List.of("Enabled", "Suspended")))
                .put("MFADelete", "Disabled");
        bucket.putObject("encryption")
                .putArray("Rules")
                .addObject()
                .putObject("ApplyServerSideEncryptionByDefault")
                .put("SSEAlgorithm", one(List.of("AES256", "aws:kms")));
        bucket.putObject("logging")
                .putObject("LoggingEnabled")
                .put("TargetBucket", "logs")
                .put("TargetPrefix", name);
        bucket.putObject("objectLock").put("ObjectLockEnabled", "Enabled");
        var expiring =
                bucket.putObject("lifecycle").putArray("Rules").addObject().put("Status", "Enabled");
        expiring.putObject("NoncurrentVersionExpiration").put("NoncurrentDays", 1 + random.nextInt(400));
        bucket.putObject("notification").putObject("EventBridgeConfiguration");
        bucket.set("replication", replication(name));
        bucket.putNull("cors").putNull("tagging").putNull("website");
        var objects = bucket.putObject("objects");
        OBJECT_KEYS.forEach(key -> objects.putObject(key).set("acl", acl()));
        if (random.nextInt(3) == 0) {
            bucket.putObject(one(List.of("policy", "acl", "encryption", "logging")))
                    .put("$unavailable", "AccessDenied");
        }
        return bucket;
    }

    private ObjectNode policy(String name) {
        var policy = object().put("Version", "2012-10-17");
        var statements = policy.putArray("Statement");
        for (int i = 3 + random.nextInt(10); i > 0; i--) {
            statement(statements.addObject(), name, i);
        }
        return policy;
    }

    private void statement(ObjectNode statement, String name, int position) {
        statement.put("Sid", "Statement" + position).put("Effect", one(List.of("Allow", "Allow", "Deny")));
        switch (random.nextInt(4)) {
            case 0 -> statement.put("Principal", "*");
            case 1 -> statement.putObject("Principal").put("Service", "logging.s3.amazonaws.com");
            case 2 -> statement.putObject("Principal").put("AWS", "arn:aws:iam::999900009999:root");
            default ->
                statement
                        .putObject("Principal")
                        .putArray("AWS")
                        .add("111122223333")
                        .add("444455556666");
        }
        statement.put("Action", one(ACTIONS));
        ArrayNode resources = statement.putArray("Resource");
        resources.add("arn:aws:s3:::" + name).add("arn:aws:s3:::" + name + "/*");
        switch (random.nextInt(5)) {
            case 0 -> condition(statement, "Bool", "aws:SecureTransport").put("aws:SecureTransport", "false");
            case 1 -> condition(statement, "StringEquals", "aws:SourceVpce").put("aws:SourceVpce", "vpce-0a1b2c3d4e5f");
            case 2 -> condition(statement, "IpAddress", "aws:SourceIp").put("aws:SourceIp", "192.0.2.0/24");
            case 3 ->
                condition(statement, "StringNotEquals", "s3:x-amz-server-side-encryption")
                        .put("s3:x-amz-server-side-encryption", "aws:kms");
            default -> {}
        }
    }

    private static ObjectNode condition(ObjectNode statement, String operator, String key) {
        return statement.putObject("Condition").putObject(operator).putNull(key);
    }

    private ObjectNode acl() {
        var acl = object();
        acl.putObject("Owner").put("ID", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be");
        var grants = acl.putArray("Grants");
        grants.addObject()
                .put("Permission", "FULL_CONTROL")
                .putObject("Grantee")
                .put("Type", "CanonicalUser")
                .put("ID", "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be");
        if (random.nextInt(4) == 0) {
            grants.addObject()
                    .put("Permission", "READ")
                    .putObject("Grantee")
                    .put("Type", "Group")
                    .put("URI", "http://acs.amazonaws.com/groups/global/AllUsers");
        }
        return acl;
    }

    private ObjectNode block() {
        return object().put("BlockPublicAcls", random.nextBoolean())
                .put("IgnorePublicAcls", random.nextBoolean())
                .put("BlockPublicPolicy", random.nextBoolean())
                .put("RestrictPublicBuckets", random.nextBoolean());
    }

    private static ObjectNode replication(String name) {
        var replication = object().put("Role", "arn:aws:iam::111122223333:role/replication");
        var rule = replication
                .putArray("Rules")
                .addObject()
                .put("ID", "all")
                .put("Status", "Enabled")
                .put("Priority", 1);
        rule.putObject("Filter");
        rule.putObject("DeleteMarkerReplication").put("Status", "Enabled");
        rule.putObject("Destination")
                .put("Bucket", "arn:aws:s3:::" + name + "-replica")
                .put("Account", "444455556666");
        return replication;
    }
}
