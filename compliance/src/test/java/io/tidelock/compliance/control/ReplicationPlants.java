package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;

import java.util.List;

/** The mistakes of replication that the fleet is planted with. */
final class ReplicationPlants {
    private static final String DST = "/otherBuckets/0/";
    private static final String RULE = "/bucket/replication/Rules/0/";
    private static final String DESTINATION = RULE + "Destination/";
    private static final String ROLE = "/role/policy/Statement/";

    private ReplicationPlants() {}

    static List<Plant> ofRules() {
        return List.of(
                plant(
                        "alone",
                        RULE + "Status",
                        "'Disabled'",
                        "no replication rule",
                        "replication-configured",
                        "cross-region-replication"),
                plant("alone", DST + "name", "'elsewhere'", "no such bucket", "replication-destination-exists"),
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
                plant(
                        "key of replicas|role",
                        DESTINATION + "EncryptionConfiguration/ReplicaKmsKeyID",
                        "'arn:aws:kms:eu-west-1:444455556666:key/r'",
                        "eu-west-1",
                        "replication-replica-kms-region",
                        "replication-role-actions",
                        "r19-role-missing-action"),
                plant(
                        "key of replicas|role",
                        DESTINATION + "EncryptionConfiguration/ReplicaKmsKeyID",
                        "'arn:aws:kms:us-east-1:777700007777:key/r'",
                        "777700007777",
                        "r03-replica-kms-key",
                        "replication-role-actions",
                        "r19-role-missing-action"),
                plant("rule", RULE + "Filter", "{'Prefix':'a/'}", "prefix \"a/\"", "r23-coverage"),
                plant(
                        "destination",
                        DESTINATION + "Account",
                        "'999900009999'",
                        "999900009999",
                        "r27-untrusted-destination"),
                plant(
                        "destination versioning",
                        DST + "versioning",
                        "null",
                        "not versioned",
                        "replication-destination-versioned",
                        "r13-destination-versioning"),
                plant(
                        "lock",
                        DST + "objectLock",
                        "null",
                        "the destination has not",
                        "replication-destination-object-lock",
                        "r12-destination-lock"),
                plant(
                        "lifecycle",
                        DST + "lifecycle",
                        "{'Rules':[{'Status':'Enabled','NoncurrentVersionExpiration':{'NoncurrentDays':30}}]}",
                        "30 days",
                        "r17-destination-expires-earlier"),
                plant(
                        "destination notification",
                        DST + "notification",
                        "{}",
                        "neither",
                        "r28-destination-observability"),
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
                        "destination block|block",
                        DST + "publicAccessBlock/BlockPublicAcls",
                        "false",
                        "BlockPublicAcls",
                        "r30-reads-after-failure"));
    }

    static List<Plant> ofPermissions() {
        return List.of(
                plant(
                        "destination policy",
                        DST + "policy/Statement/0/Action",
                        "['s3:ReplicateObject','s3:ObjectOwnerOverrideToBucketOwner']",
                        "s3:ReplicateDelete",
                        "replication-destination-policy-actions",
                        "r21-destination-policy-missing"),
                plant(
                        "destination policy",
                        DST + "policy/Statement/0/Principal",
                        "{'AWS':'arn:aws:iam::111122223333:root'}",
                        ":root",
                        "replication-destination-policy-principal-narrow",
                        "r22-destination-policy-broad"),
                plant(
                        "destination policy",
                        DST + "policy/Statement/-",
                        "{'Sid':'Planted','Effect':'Allow','Principal':{'AWS':'888800008888'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::dst/*'}",
                        "Sid Planted",
                        "r15-replica-policy-broader"),
                plant(
                                "destination policy|destination block|block|policy",
                                DST + "policy/Statement/-",
                                "{'Sid':'Planted','Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::dst/*'}",
                                "Sid Planted|RestrictPublicBuckets",
                                "r14-replica-more-public",
                                "r15-replica-policy-broader",
                                "r30-reads-after-failure")
                        .and(DST + "publicAccessBlock/RestrictPublicBuckets", "false"),
                plant(
                                "destination policy|destination block|ownership",
                                DST + "ownershipControls",
                                "null",
                                "s3:ObjectOwnerOverrideToBucketOwner|ACLs are disabled",
                                "replication-owner-override-allowed",
                                "replication-destination-policy-actions",
                                "r21-destination-policy-missing",
                                "r30-reads-after-failure")
                        .and(DST + "policy/Statement/0/Action", "['s3:ReplicateObject','s3:ReplicateDelete']"),
                plant(
                        "trust",
                        "/role/trust/Statement/0/Principal/Service",
                        "'ec2.amazonaws.com'",
                        "ec2.amazonaws.com",
                        "replication-role-trust",
                        "r18-role-trust"),
                plant(
                        "trust",
                        "/role/trust/Statement/0/Condition",
                        "{}",
                        "aws:SourceAccount",
                        "replication-role-trust",
                        "r18-role-trust"),
                plant(
                        "role",
                        ROLE + "1/Action/2",
                        "'s3:GetObjectVersionAttributes'",
                        "s3:GetObjectVersionTagging",
                        "replication-role-actions",
                        "r19-role-missing-action"),
                plant("role", ROLE + "0/Action/0", "'s3:Get*'", "s3:Get*", "r20-role-over-broad"),
                plant(
                        "role",
                        ROLE + "-",
                        "{'Sid':'Planted','Effect':'Allow','Action':'s3:DeleteObject','Resource':'arn:aws:s3:::b/*'}",
                        "Sid Planted",
                        "r20-role-over-broad"));
    }
}
