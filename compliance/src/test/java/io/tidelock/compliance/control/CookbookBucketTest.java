package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Snapshots.name;
import static io.tidelock.compliance.control.Snapshots.ofBucket;
import static io.tidelock.compliance.control.Snapshots.verdict;
import static io.tidelock.compliance.control.Snapshots.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of the cookbook that the documents of one bucket decide; a test's name begins with the numbers of its rows. */
class CookbookBucketTest {
    private static final String ALL_ON =
            "{'BlockPublicAcls':true,'IgnorePublicAcls':true,'BlockPublicPolicy':true,'RestrictPublicBuckets':true}";
    private static final String EVERYONE = "{'URI':'http://acs.amazonaws.com/groups/global/AllUsers'}";
    private static final String WRITER = ",'ownershipControls':{'Rules':[{'ObjectOwnership':'ObjectWriter'}]}";

    private static void answers(String members, String id, String expected) {
        assertThat(name(ofBucket(members), id)).as("%s of %s", id, members).isEqualTo(expected);
    }

    private static void violated(String members, String id) {
        answers(members, id, "VIOLATION");
    }

    private static void fine(String members, String id) {
        answers(members, id, "COMPLIANT");
    }

    private static String policy(String statement) {
        return "'policy':{'Version':'2012-10-17','Statement':{" + statement + "}}";
    }

    private static String allow(String principal, String rest) {
        return policy("'Sid':'S','Effect':'Allow','Principal':" + principal
                + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'" + rest);
    }

    private static String acl(String grantee, String permission) {
        return "'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'ID':'o'},'Permission':'FULL_CONTROL'},{'Grantee':"
                + grantee + ",'Permission':'" + permission + "'}]}";
    }

    @Test
    void row_001_029_070_acls_are_disabled_by_bucket_owner_enforced() {
        String enforced = "'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]},";
        fine(enforced + acl(EVERYONE, "READ"), "acl-public");
        fine(enforced + acl(EVERYONE, "READ"), "acls-disabled");
        violated(acl(EVERYONE, "READ") + WRITER, "acls-disabled");
    }

    @Test
    void row_004_005_a_public_acl_counts_only_where_no_block_and_no_ownership_stops_it() {
        String open = acl(EVERYONE, "READ") + WRITER + ",'policy':null,'publicAccessBlock':null";
        violated(open, "bucket-public");
        fine(open.replace("ObjectWriter", "BucketOwnerEnforced"), "bucket-public");
        JsonNode snapshot = ofBucket(open);
        assertThat(name(with(snapshot, "account", "{'id':'1','publicAccessBlock':" + ALL_ON + "}"), "bucket-public"))
                .isEqualTo("COMPLIANT");
        assertThat(name(with(snapshot, "organization", "{'publicAccessBlock':" + ALL_ON + "}"), "bpa-effective"))
                .isEqualTo("COMPLIANT");
    }

    @Test
    void row_006_007_018_everyone_and_whoever_is_logged_in_are_both_public() {
        violated(acl(EVERYONE, "READ"), "acl-public-read");
        violated(acl(EVERYONE, "WRITE"), "acl-public-write");
        violated(acl("{'URI':'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'}", "READ"), "acl-public");
    }

    @Test
    void row_009_the_owner_keeps_no_grant_that_the_document_left_out() {
        violated(
                "'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'ID':'x'},'Permission':'READ'}]}",
                "acl-owner-without-grant");
    }

    @Test
    void row_010_032_040_one_object_can_be_public_by_itself() {
        String objects =
                "'acl':{'CannedACL':'private'},'objects':{'a':{'acl':{'CannedACL':'private'}},'b c':{'acl':{'CannedACL':'public-read'}}}";
        violated(objects, "object-acl-public");
        assertThat(verdict(ofBucket(objects), "object-acl-public").evidence())
                .contains("b c: READ to AllUsers")
                .allMatch(line -> line.startsWith("b c: "));
        fine(objects, "acl-public");
    }

    @Test
    void row_014_061_a_grant_by_address_or_to_another_account_is_foreign() {
        violated(acl("{'EmailAddress':'x@example.com'}", "READ"), "acl-cross-account");
        violated(acl("{'ID':'owner-b'}", "WRITE") + WRITER, "acl-cross-account");
        fine(
                acl("{'ID':'6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c'}", "READ"),
                "acl-cross-account");
    }

    @Test
    void row_031_059_165_logs_arrive_in_a_bucket_of_the_same_account_and_region_that_lets_the_service_write() {
        JsonNode logged = ofBucket(
                "'account':'111122223333','logging':{'LoggingEnabled':{'TargetBucket':'logs','TargetPrefix':''}}");
        String service = "'policy':{'Statement':{'Effect':'Allow','Principal':{'Service':'logging.s3.amazonaws.com'},"
                + "'Action':'s3:PutObject','Resource':'arn:aws:s3:::logs/*'}}";
        String group = "'policy':null,'acl':{'CannedACL':'log-delivery-write'}";
        String enforced = ",'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]}";
        assertThat(into(logged, "'account':'111122223333','region':'eu-west-1'," + service))
                .isEqualTo("COMPLIANT");
        assertThat(into(logged, group)).isEqualTo("COMPLIANT");
        assertThat(into(logged, group + enforced)).isEqualTo("VIOLATION");
        assertThat(into(logged, "'account':'444455556666'," + service)).isEqualTo("VIOLATION");
        assertThat(into(logged, "'region':'us-east-1'," + service)).isEqualTo("VIOLATION");
    }

    private static String into(JsonNode snapshot, String target) {
        return name(with(snapshot, "otherBuckets", "[{'name':'logs'," + target + "}]"), "access-logging");
    }

    @Test
    void row_045_a_public_policy_stays_public_until_it_is_restricted() {
        String open = allow("'*'", "") + ",'acl':{'CannedACL':'private'},'publicAccessBlock':";
        violated(open + "{'BlockPublicPolicy':true}", "bucket-public");
        fine(open + "{'RestrictPublicBuckets':true}", "bucket-public");
    }

    @Test
    void row_046_an_allow_that_has_expired_is_still_public() {
        String listing =
                policy("'Sid':'ListBucketPermissionForAll','Effect':'Allow','Principal':'*','Action':'s3:ListBucket',"
                        + "'Resource':'arn:aws:s3:::b','Condition':{'DateLessThan':{'aws:EpochTime':'1609415999'}}");
        violated(listing, "policy-public");
        violated(listing, "expired-grants");
    }

    @Test
    void row_047_reading_by_everyone_is_no_writing() {
        violated(allow("'*'", ""), "policy-public-read");
        fine(allow("'*'", ""), "policy-public-write");
    }

    @Test
    void row_049_a_user_of_the_own_account_is_neither_the_public_nor_a_stranger() {
        String user = allow("{'AWS':'arn:aws:iam::111122223333:user/testuser'}", "");
        fine(user, "policy-public");
        fine(user, "cross-account");
    }

    @Test
    void row_052_arns_of_every_partition_and_with_wildcards_count() {
        for (String resource : List.of(
                "['arn:aws-cn:s3:::b','arn:aws-cn:s3:::b/*']",
                "'*'",
                "'arn:aws:s3:::*'",
                "['arn:aws-us-gov:s3:::b*']")) {
            fine(denyHttp("'*'", resource), "secure-transport");
        }
        violated(denyHttp("'*'", "'arn:aws:s3:::other*'"), "secure-transport");
    }

    private static String denyHttp(String principal, String resource) {
        return policy("'Sid':'T','Effect':'Deny','Principal':" + principal + ",'Action':'s3:*','Resource':" + resource
                + ",'Condition':{'Bool':{'aws:SecureTransport':'false'}}");
    }

    @Test
    void row_056_the_newer_documents_of_a_bucket_are_read() {
        fine("'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]}", "acls-disabled");
        fine("'intelligentTiering':{'IntelligentTieringConfigurationList':[{'Id':'i'}]}", "intelligent-tiering");
        fine("'inventory':{'InventoryConfigurationList':[{'Id':'i'}]}", "inventory");
    }

    @Test
    void row_058_a_key_that_says_neither_who_nor_from_where_pins_nothing() {
        for (String condition : List.of(
                "{'StringEquals':{'s3:prefix':'a/'}}",
                "{'NumericLessThan':{'s3:signatureAge':1}}",
                "{'StringEquals':{'s3:ResourceAccount':'111122223333'}}",
                "{'StringEquals':{'s3:ExistingObjectTag/public':'yes'}}")) {
            violated(allow("'*'", ",'Condition':" + condition), "policy-public");
        }
        fine(
                allow("'*'", ",'Condition':{'StringEquals':{'s3:DataAccessPointAccount':'111122223333'}}"),
                "policy-public");
    }

    @Test
    void row_060_a_trusted_organization_is_no_stranger() {
        JsonNode pinned = ofBucket(allow("'*'", ",'Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-ours123456'}}"));
        assertThat(name(pinned, "cross-account")).isEqualTo("VIOLATION");
        assertThat(name(with(pinned, "trusted", "{'orgIds':['o-ours123456']}"), "cross-account"))
                .isEqualTo("COMPLIANT");
    }

    @Test
    void row_068_071_each_form_of_a_stranger_is_found_and_is_not_the_public() {
        for (String principal : List.of(
                "{'AWS':'444455556666'}",
                "{'AWS':'arn:aws:iam::444455556666:root'}",
                "{'AWS':'arn:aws:iam::444455556666:user/testuser'}",
                "{'AWS':'arn:aws:sts::444455556666:assumed-role/r/s'}")) {
            String statement =
                    allow(principal, ",'Condition':{'StringEquals':{'s3:x-amz-acl':'bucket-owner-full-control'}}");
            violated(statement, "cross-account");
            fine(statement, "policy-public");
        }
    }

    @Test
    void row_086_087_a_policy_can_only_shorten_the_seven_days_of_a_presigned_url() {
        String limit =
                "'Sid':'A','Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*','Condition':{'NumericGreaterThan':{'s3:signatureAge':'%s'}}";
        fine(policy(limit.formatted("600000")), "presign-max-age");
        violated(policy(limit.formatted("604800000")), "presign-max-age");
        violated("'policy':null", "presign-max-age");
        JsonNode asked = with(ofBucket(policy(limit.formatted("600000"))), "settings", "{'maxSignatureAgeMs':300000}");
        assertThat(name(asked, "presign-max-age")).isEqualTo("VIOLATION");
    }

    private static String encryption(String byDefault) {
        return "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':" + byDefault + "}]}";
    }

    @Test
    void row_092_095_the_kinds_of_default_encryption() {
        fine(encryption("{'SSEAlgorithm':'AES256'}"), "default-encryption");
        violated(encryption("{'SSEAlgorithm':'AES256'}"), "kms-encryption");
        fine(encryption("{'SSEAlgorithm':'aws:kms'}"), "kms-encryption");
        fine(encryption("{'SSEAlgorithm':'aws:kms:dsse'}"), "kms-encryption");
    }

    @Test
    void row_096_the_managed_key_is_of_no_use_to_another_account() {
        String foreign = policy(
                "'Effect':'Allow','Principal':{'AWS':'444455556666'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::b/*'");
        violated(encryption("{'SSEAlgorithm':'aws:kms'}") + "," + foreign, "kms-key-alias");
        fine(
                encryption("{'SSEAlgorithm':'aws:kms','KMSMasterKeyID':'arn:aws:kms:eu-west-1:111122223333:key/k'}")
                        + "," + foreign,
                "kms-key-alias");
    }

    @Test
    void row_097_customers_keys_are_refused_where_they_are_blocked() {
        fine(
                "'policy':null,'encryption':{'Rules':[{'BlockedEncryptionTypes':{'EncryptionType':['SSE-C']}}]}",
                "sse-c-refused");
        violated(
                "'policy':null,'encryption':{'Rules':[{'BlockedEncryptionTypes':{'EncryptionType':['NONE']}}]}",
                "sse-c-refused");
    }

    @Test
    void row_107_112_113_114_only_a_deny_to_everyone_refuses_plain_http() {
        String both = "['arn:aws:s3:::b','arn:aws:s3:::b/*']";
        violated("'policy':null", "secure-transport");
        fine(denyHttp("'*'", both), "secure-transport");
        violated(denyHttp("'*'", "'arn:aws:s3:::b/*'"), "secure-transport");
        violated(denyHttp("{'AWS':'111122223333'}", both), "secure-transport");
        String opened = allow("'*'", ",'Condition':{'Bool':{'aws:SecureTransport':'false'}}");
        violated(opened, "secure-transport");
        violated(opened, "policy-public");
        assertThat(verdict(ofBucket(opened), "secure-transport").evidence().toString())
                .contains("over plain HTTP");
    }

    @Test
    void row_115_121_versioning_is_enabled_or_it_is_a_finding() {
        fine("'versioning':{'Status':'Enabled'}", "versioning");
        violated("'versioning':{'Status':'Suspended'}", "versioning");
        violated("'versioning':{}", "versioning");
    }

    @Test
    void row_123_128_mfa_delete_and_a_lifecycle_exclude_each_other() {
        fine("'versioning':{'Status':'Enabled','MFADelete':'Enabled'},'lifecycle':null", "mfa-delete");
        violated("'versioning':{'Status':'Enabled','MFADelete':'Disabled'},'lifecycle':null", "mfa-delete");
        answers(
                "'versioning':{'Status':'Enabled'},'lifecycle':{'Rules':[{'Status':'Enabled'}]}",
                "mfa-delete",
                "NOT_APPLICABLE");
    }

    @Test
    void row_162_164_167_170_locks_tags_events_and_origins() {
        fine("'objectLock':{'ObjectLockEnabled':'Enabled'}", "object-lock");
        fine("'tagging':{'TagSet':[{'Key':'cost','Value':'1'}]}", "tags");
        violated("'tagging':{'TagSet':[]}", "tags");
        fine(
                "'notification':{'TopicConfigurations':[{'TopicArn':'t','Events':['s3:Replication:*']}]}",
                "event-notifications");
        violated("'notification':{}", "event-notifications");
        violated("'cors':{'CORSRules':[{'AllowedMethods':['GET'],'AllowedOrigins':['*']}]}", "cors-wildcard");
    }
}
