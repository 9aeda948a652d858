package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;
import static io.tidelock.compliance.control.Plant.statement;

import java.util.List;
import java.util.stream.Stream;

/** The mistakes that the fleet is planted with: at least one for every control that can fail. */
final class Plants {
    private static final String DST = "/otherBuckets/0/";
    private static final String OWNERSHIP = "/bucket/ownershipControls";
    private static final String WRITER = "{'Rules':[{'ObjectOwnership':'ObjectWriter'}]}";
    private static final String STATEMENTS = "/bucket/policy/Statement/";
    private static final String OPEN =
            "{'Sid':'Planted','Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'*'}";

    private Plants() {}

    static List<Plant> all() {
        return Stream.of(
                        ofPolicy(),
                        ofAccess(),
                        ofStorage(),
                        ReplicationPlants.ofRules(),
                        ReplicationPlants.ofPermissions())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Plant> ofPolicy() {
        String own = "'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject'";
        return List.of(
                statement(
                        "'Principal':'*','Action':'s3:GetObject'",
                        "policy-public",
                        "policy-public-read",
                        "policy-wildcard-principal",
                        "cross-account"),
                statement(
                        "'Principal':{'AWS':'*'},'Action':'s3:PutObject'",
                        "policy-public",
                        "policy-public-write",
                        "policy-wildcard-principal",
                        "cross-account"),
                statement(
                        "'Principal':{'AWS':'999900009999'},'Action':'s3:PutObjectAcl'",
                        "cross-account",
                        "cross-account-admin-actions"),
                statement("'Principal':{'AWS':'999900009999'},'Action':'s3:GetObject'", "cross-account"),
                statement("'Principal':{'AWS':'111122223333'},'Action':'s3:*'", "policy-wildcard-action"),
                statement(
                        "'NotPrincipal':{'AWS':'111122223333'},'Action':'s3:GetObject'",
                        "policy-allow-notprincipal",
                        "policy-public",
                        "policy-public-read",
                        "cross-account"),
                statement("'Principal':{'AWS':'111122223333'},'NotAction':'s3:DeleteObject'", "policy-allow-notaction"),
                statement(
                        "'Principal':{'Service':'s.amazonaws.com'},'Action':'s3:PutObject'", "service-confused-deputy"),
                statement("'Principal':{'AWS':'AROAEXAMPLEID12345678'},'Action':'s3:GetObject'", "deleted-principals"),
                statement(
                        own + ",'Condition':{'DateLessThan':{'aws:CurrentTime':'2020-12-31T00:00:00Z'}}",
                        "expired-grants"),
                statement(
                        "'Principal':{'AWS':'111122223333'},'Action':'s3:PutObject','Condition':{'StringNotEquals':"
                                + "{'s3:x-amz-server-side-encryption':'aws:kms'}}",
                        "sse-condition-inverted"),
                statement(
                        "'Principal':{'AWS':'arn:aws:iam::111122223333:role/a\u200bpp'},'Action':'s3:GetObject'",
                        "policy-look-alikes"),
                statement(
                        own + ",'Condition':{'StringLike':{'s3:prefix':'${a:a}${a:b}${a:c}${a:d}${a:e}${a:f}'}}",
                        "policy-variables"),
                plant(
                        "policy",
                        STATEMENTS + "-",
                        "{'Sid':'Planted','Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b'}",
                        "Sid Planted",
                        "policy-lockout"),
                plant("tls", STATEMENTS + "0/Action", "'s3:PutObject'", "not every action", "secure-transport"),
                plant("tls", STATEMENTS + "0/Resource", "'arn:aws:s3:::b/*'", "b is not covered", "secure-transport"),
                plant(
                        "sse",
                        STATEMENTS + "1/Principal",
                        "{'AWS':'111122223333'}",
                        "not everyone",
                        "require-sse-header",
                        "require-sse-kms"),
                plant("key", STATEMENTS + "2/Resource", "'arn:aws:s3:::b/x/*'", "does not cover", "require-kms-key"),
                plant(
                        "age",
                        STATEMENTS + "3/Condition",
                        "{'NumericGreaterThan':{'s3:signatureAge':600001}}",
                        "not refused",
                        "presign-max-age"));
    }

    private static List<Plant> ofAccess() {
        String everyone =
                "{'Grantee':{'Type':'Group','URI':'http://acs.amazonaws.com/groups/global/AllUsers'},'Permission':";
        String owner = "{'Owner':{'ID':'own'},'Grants':[{'Grantee':{'ID':'own'},'Permission':'FULL_CONTROL'},";
        return List.of(
                plant(
                        "block",
                        "/bucket/publicAccessBlock",
                        "null",
                        "=false",
                        "bpa-bucket",
                        "bpa-BlockPublicAcls",
                        "bpa-BlockPublicPolicy",
                        "bpa-IgnorePublicAcls",
                        "bpa-RestrictPublicBuckets"),
                plant(
                        "block",
                        "/bucket/publicAccessBlock/IgnorePublicAcls",
                        "false",
                        "IgnorePublicAcls=false",
                        "bpa-bucket",
                        "bpa-IgnorePublicAcls"),
                plant(
                        "block",
                        "/account/publicAccessBlock/BlockPublicPolicy",
                        "'false'",
                        "BlockPublicPolicy=false",
                        "bpa-account-effective"),
                plant(
                                "block|policy|destination policy|destination block",
                                "/bucket/publicAccessBlock",
                                "null",
                                "=false|Sid Planted",
                                "bpa-bucket",
                                "bpa-BlockPublicAcls",
                                "bpa-BlockPublicPolicy",
                                "bpa-IgnorePublicAcls",
                                "bpa-RestrictPublicBuckets",
                                "bpa-effective",
                                "bpa-account-effective",
                                "bucket-public",
                                "policy-public",
                                "policy-public-read",
                                "policy-wildcard-principal",
                                "cross-account")
                        .and("/account/publicAccessBlock", "null")
                        .and(STATEMENTS + "-", OPEN),
                plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER", "acls-disabled"),
                plant(
                                "ownership",
                                OWNERSHIP,
                                WRITER,
                                "OBJECT_WRITER|AllUsers",
                                "acls-disabled",
                                "acl-public",
                                "acl-public-read",
                                "acl-canned-public-read")
                        .and("/bucket/acl", owner + everyone + "'READ'}]}"),
                plant(
                                "ownership",
                                OWNERSHIP,
                                WRITER,
                                "OBJECT_WRITER|AllUsers",
                                "acls-disabled",
                                "acl-public",
                                "acl-public-write",
                                "acl-canned-public-read-write")
                        .and("/bucket/acl", owner + everyone + "'WRITE'}]}"),
                plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER|stranger", "acls-disabled", "acl-cross-account")
                        .and("/bucket/acl", owner + "{'Grantee':{'ID':'stranger'},'Permission':'READ'}]}"),
                plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER|owner", "acls-disabled", "acl-owner-without-grant")
                        .and("/bucket/acl", "{'Owner':{'ID':'own'},'Grants':[]}"),
                plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER|k: ", "acls-disabled", "object-acl-public")
                        .and("/bucket/objects/k/acl", "{'CannedACL':'authenticated-read'}"));
    }

    private static List<Plant> ofStorage() {
        return List.of(
                plant(
                        "lifecycle",
                        "/bucket/versioning",
                        "{'Status':'Suspended','MFADelete':'Enabled'}",
                        "Suspended",
                        "versioning"),
                plant(
                                "lifecycle",
                                "/bucket/versioning/MFADelete",
                                "'Disabled'",
                                "MFADelete|lifecycle",
                                "mfa-delete",
                                "lifecycle",
                                "lifecycle-versioned",
                                "lifecycle-abort-multipart")
                        .and("/bucket/lifecycle", "null"),
                plant(
                        "lifecycle",
                        "/bucket/lifecycle/Rules/1/Status",
                        "'Disabled'",
                        "aborts",
                        "lifecycle-abort-multipart"),
                plant("lock", "/bucket/objectLock", "null", "Object Lock is off", "object-lock"),
                plant(
                        "encryption",
                        "/bucket/encryption/Rules/0/ApplyServerSideEncryptionByDefault",
                        "{'SSEAlgorithm':'AES256'}",
                        "AES256",
                        "kms-encryption"),
                plant(
                                "encryption|policy",
                                "/bucket/encryption/Rules/0/ApplyServerSideEncryptionByDefault/KMSMasterKeyID",
                                "'alias/mine'",
                                "alias/mine|999900009999",
                                "kms-key-alias",
                                "cross-account")
                        .and(
                                STATEMENTS + "-",
                                "{'Sid':'Planted','Effect':'Allow','Principal':{'AWS':'999900009999'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::b/*'}"),
                plant(
                                "encryption|sse",
                                "/bucket/encryption/Rules/0/BlockedEncryptionTypes",
                                "{'EncryptionType':['NONE']}",
                                "not everyone|customer",
                                "sse-c-refused",
                                "require-sse-header",
                                "require-sse-kms")
                        .and(STATEMENTS + "1/Principal", "{'AWS':'111122223333'}"),
                plant(
                                "encryption|sse",
                                "/bucket/encryption/Rules/0/BlockedEncryptionTypes",
                                "{'EncryptionType':['NONE']}",
                                "blocks SSE-C",
                                "r04-replica-sse-c-blocked")
                        .and(DST + "encryption/Rules/0/BlockedEncryptionTypes", "{'EncryptionType':['SSE-C']}"),
                plant("logging", "/bucket/logging", "{}", "not logged", "access-logging"),
                plant("logging", "/bucket/logging/LoggingEnabled/TargetBucket", "'b'", "itself", "access-logging"),
                plant("logging", "/otherBuckets/1/region", "'eu-west-2'", "eu-west-2", "access-logging"),
                plant("notification", "/bucket/notification", "{}", "no notification", "event-notifications"),
                plant(
                        "cors",
                        "/bucket/cors",
                        "{'CORSRules':[{'AllowedOrigins':['*'],'AllowedMethods':['GET']}]}",
                        "AllowedOrigins *",
                        "cors-wildcard"),
                plant("tags", "/bucket/tagging", "{'TagSet':[{'Key':'other','Value':''}]}", "owner", "tags"),
                plant(
                        "website",
                        "/bucket/website",
                        "{'IndexDocument':{'Suffix':'index.html'}}",
                        "IndexDocument",
                        "website-hosting"),
                plant("inventory", "/bucket/inventory", "null", "inventory", "inventory"),
                plant("tiering", "/bucket/intelligentTiering", "null", "Intelligent", "intelligent-tiering"));
    }
}
