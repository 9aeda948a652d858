package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;

import java.util.List;
import java.util.stream.Stream;

/** The mistakes of how objects are kept and watched that the fleet is planted with. */
final class StoragePlants {
    private static final String BY_DEFAULT = "/bucket/encryption/Rules/0/ApplyServerSideEncryptionByDefault";
    private static final String BLOCKED = "/bucket/encryption/Rules/0/BlockedEncryptionTypes";
    private static final String KMS_HEADER = "/bucket/policy/Statement/1/";
    private static final String RULES = "/bucket/lifecycle/Rules/";
    private static final String LOGS = "/otherBuckets/1/";
    private static final String[] NO_LIFECYCLE = {"lifecycle", "lifecycle-versioned", "lifecycle-abort-multipart"};

    private StoragePlants() {}

    static Stream<Plant> all() {
        return Stream.of(encryption(), versions(), logging(), tidiness()).flatMap(List::stream);
    }

    private static Plant alias(String key, String evidence) {
        return plant(
                        "encryption",
                        BY_DEFAULT + "/KMSMasterKeyID",
                        key,
                        evidence + "|Sid Planted)",
                        "kms-key-alias",
                        "cross-account")
                .and(
                        "/bucket/policy/Statement/-",
                        "{'Sid':'Planted','Effect':'Allow','Principal':{'AWS':'999900009999'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::src/*'}");
    }

    private static List<Plant> encryption() {
        return List.of(
                plant("encryption", BY_DEFAULT, "{'SSEAlgorithm':'AES256'}", "AES256", "kms-encryption"),
                plant(
                        "encryption",
                        "/settings/kmsKeys",
                        "['arn:aws:kms:eu-west-1:111122223333:key/other']",
                        "settings.kmsKeys",
                        "kms-encryption"),
                alias("'alias/mine'", "alias/mine"),
                alias("'arn:aws:kms:eu-west-1:111122223333:alias/mine'", "alias/mine"),
                alias("'1234abcd-12ab-34cd-56ef-1234567890ab'", "1234abcd"),
                alias("''", "aws/s3"),
                plant(
                                "encryption|sse",
                                BLOCKED,
                                "{'EncryptionType':['NONE']}",
                                "not everyone|customer",
                                "sse-c-refused",
                                "require-sse-header",
                                "require-sse-kms")
                        .and(KMS_HEADER + "Principal", "{'AWS':'111122223333'}"),
                plant(
                                "encryption|sse",
                                BLOCKED,
                                "{}",
                                "does not cover|customer",
                                "sse-c-refused",
                                "require-sse-header",
                                "require-sse-kms")
                        .and(KMS_HEADER + "Resource", "'arn:aws:s3:::src/x/*'"),
                plant(
                                "encryption|sse",
                                BLOCKED,
                                "{'EncryptionType':['NONE']}",
                                "blocks SSE-C",
                                "r04-replica-sse-c-blocked")
                        .and(
                                "/otherBuckets/0/encryption/Rules/0/BlockedEncryptionTypes",
                                "{'EncryptionType':['SSE-C']}"),
                plant("encryption|sse", BLOCKED, "null", "blocks SSE-C", "r04-replica-sse-c-blocked")
                        .and(
                                "/otherBuckets/0/encryption/Rules/0/BlockedEncryptionTypes",
                                "{'EncryptionType':'SSE-C'}"));
    }

    private static List<Plant> versions() {
        return List.of(
                plant("lifecycle", "/bucket/versioning/Status", "'Suspended'", "Suspended", "versioning"),
                plant("lifecycle", "/bucket/versioning", "{}", "missing", "versioning"),
                plant("lifecycle", "/bucket/versioning", "{'MFADelete':'Enabled'}", "missing", "versioning"),
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
                                "/bucket/versioning",
                                "{'Status':'Enabled'}",
                                "MFADelete|lifecycle|aborts",
                                "mfa-delete",
                                "lifecycle",
                                "lifecycle-versioned",
                                "lifecycle-abort-multipart")
                        .and("/bucket/lifecycle", "{'Rules':[]}"),
                plant("lifecycle", RULES + "0/Status", "'Disabled'", "in force|aborts", NO_LIFECYCLE)
                        .and(RULES + "1/Status", "'Disabled'"),
                plant("lifecycle", RULES + "1/Status", "'Disabled'", "aborts", "lifecycle-abort-multipart"),
                plant(
                        "lifecycle",
                        RULES + "1/AbortIncompleteMultipartUpload",
                        "{}",
                        "aborts",
                        "lifecycle-abort-multipart"),
                plant("lock", "/bucket/objectLock", "null", "Object Lock is off", "object-lock"),
                plant("lock", "/bucket/objectLock", "{}", "Object Lock is off", "object-lock"),
                plant("lock", "/settings/objectLockMode", "'COMPLIANCE'", "mode COMPLIANCE", "object-lock")
                        .and("/bucket/objectLock/Rule", "{'DefaultRetention':{'Mode':'GOVERNANCE','Years':1}}"),
                plant("lock", "/settings/objectLockMinDays", "31", "shorter than 31 days", "object-lock")
                        .and("/bucket/objectLock/Rule", "{'DefaultRetention':{'Mode':'COMPLIANCE','Days':30}}"));
    }

    private static Plant log(String at, String value, String evidence) {
        return plant("logging", at, value, evidence, "access-logging");
    }

    private static List<Plant> logging() {
        return List.of(
                log("/bucket/logging", "{}", "not logged"),
                log("/bucket/logging", "null", "not logged"),
                log("/bucket/logging/LoggingEnabled/TargetBucket", "'src'", "itself"),
                log(LOGS + "region", "'ap-south-1'", "ap-south-1"),
                log(LOGS + "account", "'999900009999'", "999900009999"),
                log(LOGS + "encryption/Rules/0/ApplyServerSideEncryptionByDefault/SSEAlgorithm", "'aws:kms'", "KMS"),
                log(
                        LOGS + "objectLock",
                        "{'ObjectLockEnabled':'Enabled','Rule':{'DefaultRetention':{'Mode':'GOVERNANCE','Days':1}}}",
                        "retention"),
                log(LOGS + "policy/Statement/Principal", "{'AWS':'111122223333'}", "logging.s3.amazonaws.com")
                        .and(LOGS + "acl", "{'CannedACL':'private'}"));
    }

    private static List<Plant> tidiness() {
        return List.of(
                plant("notification", "/bucket/notification", "{}", "no notification", "event-notifications"),
                plant("notification", "/bucket/notification", "null", "no notification", "event-notifications"),
                plant(
                        "notification",
                        "/bucket/notification",
                        "{'QueueConfigurations':[],'TopicConfigurations':[]}",
                        "no notification",
                        "event-notifications"),
                plant(
                        "cors",
                        "/bucket/cors",
                        "{'CORSRules':[{'AllowedOrigins':['*'],'AllowedMethods':['GET']}]}",
                        "AllowedOrigins *",
                        "cors-wildcard"),
                plant(
                        "cors",
                        "/bucket/cors",
                        "{'CORSRules':[{'AllowedOrigins':['https://a.example'],'AllowedMethods':['GET']},{'AllowedOrigins':['https://b.example','https://*'],'AllowedMethods':['PUT']}]}",
                        "AllowedOrigins https://*",
                        "cors-wildcard"),
                plant("tags", "/bucket/tagging", "{'TagSet':[{'Key':'other','Value':''}]}", "owner", "tags"),
                plant("tags", "/bucket/tagging", "{'TagSet':[]}", "no tags", "tags"),
                plant("tags", "/bucket/tagging", "null", "no tags", "tags"),
                plant(
                        "website",
                        "/bucket/website",
                        "{'IndexDocument':{'Suffix':'index.html'}}",
                        "IndexDocument",
                        "website-hosting"),
                plant(
                        "website",
                        "/bucket/website",
                        "{'RedirectAllRequestsTo':{'HostName':'example.com'}}",
                        "RedirectAllRequestsTo",
                        "website-hosting"),
                plant("inventory", "/bucket/inventory", "null", "inventory", "inventory"),
                plant("inventory", "/bucket/inventory/InventoryConfigurationList", "[]", "inventory", "inventory"),
                plant("tiering", "/bucket/intelligentTiering", "null", "Intelligent", "intelligent-tiering"),
                plant("tiering", "/bucket/intelligentTiering", "{}", "Intelligent", "intelligent-tiering"));
    }
}
