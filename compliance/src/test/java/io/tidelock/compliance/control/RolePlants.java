package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The mistakes of what the replication role may do, on both sides, that the fleet is planted with. */
final class RolePlants {
    private static final String DST = "/otherBuckets/0/";
    private static final String ROLE = "/role/policy/Statement/";
    private static final String TRUST = "/role/trust/Statement/";
    private static final String OVERRIDE = "s3:ObjectOwnerOverrideToBucketOwner";

    private RolePlants() {}

    static Stream<Plant> all() {
        return Stream.of(trust(), missing(), tooMuch(), atDestination(), override())
                .flatMap(List::stream);
    }

    private static Plant trusting(String at, String value, String evidence) {
        return plant("trust", TRUST + at, value, evidence, "replication-role-trust", "r18-role-trust");
    }

    private static List<Plant> trust() {
        return List.of(
                trusting("0/Principal/Service", "'ec2.amazonaws.com'", "ec2.amazonaws.com"),
                trusting("0/Principal", "{'Service':'s3.amazonaws.com','AWS':'111122223333'}", "AWS=111122223333"),
                trusting("0/Condition", "{}", "aws:SourceAccount"),
                trusting("0/Condition", "{'StringEquals':{'aws:SourceAccount':'999900009999'}}", "no statement lets"),
                trusting("0/Condition", "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::other'}}", "no statement lets"),
                trusting(
                        "-",
                        "{'Sid':'Planted','Effect':'Deny','Principal':{'Service':'s3.amazonaws.com'},'Action':'sts:*'}",
                        "Sid Planted)"),
                trusting(
                        "-",
                        "{'Sid':'Planted','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::999900009999:root'},'Action':'sts:AssumeRole'}",
                        "Sid Planted)"));
    }

    private static Plant without(String at, String value, String action) {
        return plant(
                "role|destination ownership",
                ROLE + at,
                value,
                action,
                "replication-role-actions",
                "r19-role-missing-action");
    }

    private static List<Plant> missing() {
        String none = "'s3:GetObjectVersionAttributes'";
        var plants = new ArrayList<>(List.of(
                without("0/Action/0", "'s3:ListBucketVersions'", "s3:GetReplicationConfiguration"),
                without("0/Action/1", "'s3:ListBucketVersions'", "s3:ListBucket"),
                without("1/Action/0", none, "s3:GetObjectVersionForReplication"),
                without("1/Action/1", none, "s3:GetObjectVersionAcl"),
                without("1/Action/2", none, "s3:GetObjectVersionTagging"),
                without("1/Resource", "'arn:aws:s3:::src/x/*'", "s3:GetObjectVersionForReplication"),
                without("2/Action/0", "'s3:ReplicateTags'", "s3:ReplicateObject"),
                without("2/Action/1", "'s3:ReplicateTags'", "s3:ReplicateDelete"),
                without("2/Resource", "'arn:aws:s3:::other/*'", "s3:ReplicateObject"),
                without("4/Action", "'kms:Decrypt'", "kms:Encrypt")));
        for (int retention : List.of(3, 4)) {
            plants.add(plant(
                    "role|lock",
                    ROLE + "1/Action/" + retention,
                    none,
                    retention == 3 ? "s3:GetObjectRetention" : "s3:GetObjectLegalHold",
                    "replication-role-actions",
                    "r19-role-missing-action"));
        }
        plants.add(plant(
                "role|encryption",
                ROLE + "3/Resource",
                "'arn:aws:kms:eu-west-1:111122223333:key/other'",
                "kms:Decrypt",
                "replication-role-actions",
                "r19-role-missing-action"));
        plants.add(without("-", "{'Effect':'Deny','Action':'s3:Replicate*','Resource':'*'}", "s3:ReplicateObject"));
        return plants;
    }

    private static Plant broad(String at, String value, String evidence) {
        return plant("role", ROLE + at, value, evidence, "r20-role-over-broad");
    }

    private static List<Plant> tooMuch() {
        return List.of(
                broad("0/Action/0", "'s3:Get*'", "s3:Get*"),
                broad("1/Action/1", "'s3:*'", "s3:*"),
                broad("2/Resource", "'*'", "Resource *"),
                broad("3/Action", "'kms:*'", "kms:*"),
                broad(
                        "-",
                        "{'Sid':'Planted','Effect':'Allow','Action':'s3:DeleteObject','Resource':'arn:aws:s3:::src/*'}",
                        "Sid Planted)"),
                broad(
                        "-",
                        "{'Sid':'Planted','Effect':'Allow','NotAction':'iam:*','Resource':'arn:aws:s3:::dst/*'}",
                        "Sid Planted)"));
    }

    private static Plant refused(String at, String value, String evidence) {
        return plant(
                "destination policy|destination ownership",
                DST + at,
                value,
                evidence,
                "replication-destination-policy-actions",
                "r21-destination-policy-missing");
    }

    private static Plant wide(String at, String value, String evidence) {
        return plant(
                "destination policy",
                DST + at,
                value,
                evidence,
                "replication-destination-policy-principal-narrow",
                "r22-destination-policy-broad");
    }

    private static List<Plant> atDestination() {
        String role = "'Principal':{'AWS':'arn:aws:iam::111122223333:role/replication'}";
        return List.of(
                refused("policy/Statement/0/Action/0", "'s3:ReplicateTags'", "s3:ReplicateObject"),
                refused("policy/Statement/0/Action/1", "'s3:ReplicateTags'", "s3:ReplicateDelete"),
                refused("policy/Statement/0/Resource", "'arn:aws:s3:::dst'", "s3:ReplicateObject"),
                refused("policy", "null", "s3:ReplicateObject"),
                refused(
                        "policy/Statement/-",
                        "{'Sid':'Planted','Effect':'Deny','Principal':'*','Action':'s3:ReplicateDelete','Resource':'arn:aws:s3:::dst/*'}",
                        "explicit Deny"),
                wide("policy/Statement/0/Principal", "{'AWS':'arn:aws:iam::111122223333:root'}", ":root"),
                wide("policy/Statement/0/Principal", "{'AWS':'111122223333'}", "AWS=111122223333"),
                wide(
                        "policy/Statement/-",
                        "{'Sid':'Planted','Effect':'Allow'," + role
                                + ",'Action':'s3:*BucketVersioning','Resource':'arn:aws:s3:::dst'}",
                        "Sid Planted)"));
    }

    private static List<Plant> override() {
        String slots = "destination policy|destination ownership|ownership";
        return List.of(
                plant(
                                slots,
                                DST + "ownershipControls",
                                "null",
                                OVERRIDE + "|ACLs are disabled",
                                "replication-owner-override-allowed",
                                "replication-destination-policy-actions",
                                "r21-destination-policy-missing",
                                "r30-reads-after-failure")
                        .and(DST + "policy/Statement/0/Action", "['s3:ReplicateObject','s3:ReplicateDelete']"),
                plant(
                                slots + "|role",
                                DST + "ownershipControls",
                                "{'Rules':[{'ObjectOwnership':'ObjectWriter'}]}",
                                OVERRIDE + "|ACLs are disabled",
                                "replication-owner-override-allowed",
                                "replication-role-actions",
                                "r19-role-missing-action",
                                "r30-reads-after-failure")
                        .and(ROLE + "2/Action", "['s3:ReplicateObject','s3:ReplicateDelete']"));
    }
}
