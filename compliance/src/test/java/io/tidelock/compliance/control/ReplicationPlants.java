package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;

import java.util.List;
import java.util.stream.Stream;

/** The mistakes of replication rules and destinations that the fleet is planted with. */
final class ReplicationPlants {
    private static final String DST = "/otherBuckets/0/";
    private static final String RULE = "/bucket/replication/Rules/0/";
    private static final String DESTINATION = RULE + "Destination/";
    private static final String REPLICA_KEY = DESTINATION + "EncryptionConfiguration/ReplicaKmsKeyID";
    private static final String[] NONE = {"replication-configured", "cross-region-replication"};

    private ReplicationPlants() {}

    static Stream<Plant> all() {
        return Stream.of(rules(), keys(), destinations(), publicness()).flatMap(List::stream);
    }

    private static List<Plant> rules() {
        return List.of(
                plant("alone", RULE + "Status", "'Disabled'", "no replication rule", NONE),
                plant("alone", "/bucket/replication", "null", "no replication rule", NONE),
                plant("alone", "/bucket/replication/Rules", "[]", "no replication rule", NONE),
                plant("alone", DST + "name", "'elsewhere'", "no such bucket", "replication-destination-exists"),
                plant(
                        "alone",
                        DESTINATION + "Bucket",
                        "'arn:aws:s3:::src'",
                        "own destination|s3:ReplicateObject",
                        "replication-destination-exists",
                        "replication-role-actions",
                        "r19-role-missing-action"),
                plant(
                        "alone",
                        DST + "versioning",
                        "{'$unavailable':'NoSuchBucket'}",
                        "no such bucket",
                        "replication-destination-exists"),
                plant("alone", DESTINATION + "Account", "'111122223333'", "own account", "r26-isolation"),
                plant("rule", RULE + "Filter", "{'Prefix':'a/'}", "prefix \"a/\"", "r23-coverage"),
                plant("rule", RULE + "Filter", "{'Tag':{'Key':'k','Value':'v'}}", "with tags", "r23-coverage"),
                plant(
                        "rule",
                        RULE + "Filter",
                        "{'And':{'Prefix':'','Tags':[{'Key':'k','Value':'v'}]}}",
                        "with tags",
                        "r23-coverage"),
                plant("rule", "/settings/replicationScope", "['in/','out/']", "prefix out/", "r23-coverage")
                        .and(RULE + "Filter", "{'Prefix':'in/'}"),
                plant(
                        "destination",
                        DESTINATION + "Account",
                        "'999900009999'",
                        "999900009999",
                        "r27-untrusted-destination"),
                plant(
                        "destination",
                        "/trusted/accounts",
                        "['555500005555']",
                        "444455556666",
                        "r27-untrusted-destination"));
    }

    private static Plant key(String value, String evidence, String id) {
        return plant(
                "key of replicas|role",
                REPLICA_KEY,
                value,
                evidence,
                id,
                "replication-role-actions",
                "r19-role-missing-action");
    }

    private static List<Plant> keys() {
        return List.of(
                plant(
                        "key of replicas|role",
                        DST + "region",
                        "'eu-west-1'",
                        "eu-west-1|kms:Encrypt",
                        "cross-region-replication",
                        "r26-isolation",
                        "replication-replica-kms-region",
                        "replication-role-actions",
                        "r19-role-missing-action"),
                key("'arn:aws:kms:eu-west-1:444455556666:key/r'", "eu-west-1", "replication-replica-kms-region"),
                key("'arn:aws:kms:ap-south-1:444455556666:key/r'", "ap-south-1", "replication-replica-kms-region"),
                plant(
                        "key of replicas|role",
                        DESTINATION + "EncryptionConfiguration",
                        "{}",
                        "no ReplicaKmsKeyID",
                        "replication-replica-kms-region"),
                key("'arn:aws:kms:us-east-1:777700007777:key/r'", "777700007777", "r03-replica-kms-key"),
                plant("key of replicas|role", REPLICA_KEY, "'alias/replicas'", "alias/replicas", "r03-replica-kms-key"),
                plant(
                        "key of replicas|role",
                        REPLICA_KEY,
                        "'arn:aws:kms:us-east-1:444455556666:alias/replicas'",
                        "alias/replicas",
                        "r03-replica-kms-key"));
    }

    private static Plant unversioned(String value) {
        return plant(
                "destination versioning",
                DST + "versioning",
                value,
                "not versioned",
                "replication-destination-versioned",
                "r13-destination-versioning");
    }

    private static Plant unlocked(String value) {
        return plant(
                "lock",
                DST + "objectLock",
                value,
                "the destination has not",
                "replication-destination-object-lock",
                "r12-destination-lock");
    }

    private static Plant expiring(String rule, String evidence) {
        return plant(
                "lifecycle",
                DST + "lifecycle",
                "{'Rules':[{'Status':'Enabled'," + rule + "}]}",
                evidence,
                "r17-destination-expires-earlier");
    }

    private static List<Plant> destinations() {
        return List.of(
                unversioned("null"),
                unversioned("{'Status':'Suspended'}"),
                unversioned("{}"),
                unlocked("null"),
                unlocked("{}"),
                expiring("'NoncurrentVersionExpiration':{'NoncurrentDays':30}", "30 days"),
                expiring("'Expiration':{'Days':365}", "365 days"),
                expiring("'Expiration':{'Date':'2027-01-01T00:00:00Z'}", "current versions go"),
                plant("destination watch", DST + "notification", "{}", "neither", "r28-destination-observability"),
                plant(
                                "destination watch",
                                DST + "notification",
                                "{'QueueConfigurations':[]}",
                                "neither",
                                "r28-destination-observability")
                        .and(DST + "logging", "null"),
                plant(
                        "destination payment",
                        DST + "requestPayment",
                        "{'Payer':'Requester'}",
                        "requester pays",
                        "requester-pays-destination"),
                plant(
                        "destination chain",
                        DST + "replication",
                        "{'Rules':[{'Status':'Enabled','Destination':{'Bucket':'arn:aws:s3:::third'}}]}",
                        "third",
                        "r25-chain"),
                plant(
                        "destination chain",
                        DST + "replication",
                        "{'Role':'arn:aws:iam::444455556666:role/r','Rules':[{'ID':'on','Prefix':'','Status':'Enabled','Destination':{'Bucket':'arn:aws:s3:::third'}},{'Status':'Disabled','Destination':{'Bucket':'arn:aws:s3:::fourth'}}]}",
                        "[third]",
                        "r25-chain"));
    }

    private static Plant looser(String flag) {
        return plant(
                "destination block|block", DST + "publicAccessBlock/" + flag, "false", flag, "r30-reads-after-failure");
    }

    private static List<Plant> publicness() {
        return List.of(
                looser("BlockPublicAcls"),
                looser("BlockPublicPolicy"),
                looser("IgnorePublicAcls"),
                looser("RestrictPublicBuckets"),
                plant(
                        "destination ownership|ownership",
                        DST + "ownershipControls",
                        "{'Rules':[{'ObjectOwnership':'BucketOwnerPreferred'}]}",
                        "ACLs are disabled",
                        "r30-reads-after-failure"),
                plant(
                                "destination policy|destination block|block",
                                DST + "policy/Statement/-",
                                "{'Sid':'Planted','Effect':'Allow','Principal':'*','Action':'s3:GetObjectAttributes','Resource':'arn:aws:s3:::dst/*'}",
                                "Sid Planted)|RestrictPublicBuckets",
                                "r14-replica-more-public",
                                "r15-replica-policy-broader",
                                "r30-reads-after-failure")
                        .and(DST + "publicAccessBlock/RestrictPublicBuckets", "false"),
                plant(
                                "destination ownership|ownership|destination block|block",
                                DST + "publicAccessBlock",
                                "null",
                                "AuthenticatedUsers|IgnorePublicAcls",
                                "r14-replica-more-public",
                                "r30-reads-after-failure")
                        .and(DST + "ownershipControls", "null")
                        .and(DST + "acl", "{'CannedACL':'authenticated-read'}"),
                plant(
                        "destination policy",
                        DST + "policy/Statement/-",
                        "{'Sid':'Planted','Effect':'Allow','Principal':{'AWS':'888800008888'},'Action':'s3:GetObjectTagging','Resource':'arn:aws:s3:::dst/*'}",
                        "Sid Planted)",
                        "r15-replica-policy-broader"),
                plant(
                        "destination policy",
                        DST + "policy/Statement/-",
                        "{'Sid':'Planted','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/app'},'Action':['s3:GetObject','s3:DeleteObjectVersion'],'Resource':'arn:aws:s3:::dst/*'}",
                        "s3:deleteobjectversion",
                        "r15-replica-policy-broader"));
    }
}
