package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Snapshots.name;
import static io.tidelock.compliance.control.Snapshots.ofBucket;
import static io.tidelock.compliance.control.Snapshots.verdict;
import static io.tidelock.compliance.control.Snapshots.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketControlsTest {
    private static final String ALL_ON =
            "{'BlockPublicAcls':true,'IgnorePublicAcls':true,'BlockPublicPolicy':true,'RestrictPublicBuckets':true}";
    private static final String PUBLIC_POLICY =
            "'policy':{'Statement':[{'Sid':'Open','Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}]}";
    private static final String PUBLIC_ACL =
            "'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'Type':'Group','URI':'http://acs.amazonaws.com/groups/global/AllUsers'},'Permission':'READ'}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'publicAccessBlock':%s; bpa-bucket; COMPLIANT",
                "'publicAccessBlock':null; bpa-bucket; VIOLATION",
                "'publicAccessBlock':{'IgnorePublicAcls':true,'RestrictPublicBuckets':true}; bpa-bucket; VIOLATION",
                "'publicAccessBlock':{'$unavailable':'AccessDenied'}; bpa-bucket; UNKNOWN",
                "'publicAccessBlock':'on'; bpa-bucket; UNKNOWN",
                "'cors':null; bpa-bucket; UNKNOWN",
                "'publicAccessBlock':{'BlockPublicAcls':true}; bpa-BlockPublicAcls; COMPLIANT",
                "'publicAccessBlock':{'BlockPublicAcls':true}; bpa-BlockPublicPolicy; VIOLATION",
                "'publicAccessBlock':null; bpa-IgnorePublicAcls; VIOLATION",
                "'publicAccessBlock':%s; bpa-RestrictPublicBuckets; COMPLIANT",
                "'publicAccessBlock':null; bpa-effective; VIOLATION",
                "'publicAccessBlock':%s; bpa-effective; COMPLIANT",
                "'publicAccessBlock':null; bpa-account-effective; VIOLATION"
            })
    void public_access_blocks(String members, String id, String expected) {
        assertThat(name(ofBucket(members.formatted(ALL_ON)), id)).isEqualTo(expected);
    }

    @Test
    void rule_B1_the_account_or_the_organization_closes_what_the_bucket_leaves_open() {
        // Given
        var open = ofBucket("'publicAccessBlock':null," + PUBLIC_POLICY + "," + PUBLIC_ACL);
        var byAccount = with(open, "account", "{'id':'111122223333','publicAccessBlock':" + ALL_ON + "}");
        var byOrganization = with(open, "organization", "{'publicAccessBlock':" + ALL_ON + "}");

        // Then
        assertThat(name(open, "bucket-public")).isEqualTo("VIOLATION");
        assertThat(name(byAccount, "bucket-public")).isEqualTo("COMPLIANT");
        assertThat(name(byAccount, "bpa-effective")).isEqualTo("COMPLIANT");
        assertThat(name(byAccount, "bpa-account-effective")).isEqualTo("COMPLIANT");
        assertThat(name(byAccount, "bpa-bucket")).isEqualTo("VIOLATION");
        assertThat(name(byOrganization, "bucket-public")).isEqualTo("COMPLIANT");
        assertThat(verdict(byAccount, "bucket-public").evidence())
                .containsExactly("latent: the policy is public", "latent: the ACL is public");
        assertThat(verdict(open, "bucket-public").evidence().toString())
                .contains("Sid Open")
                .contains("READ to AllUsers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'policy':null,'acl':{'CannedACL':'private'},'publicAccessBlock':null; COMPLIANT",
                "'policy':null,'publicAccessBlock':null; UNKNOWN",
                "'policy':{'$unavailable':'AccessDenied'},'acl':{'CannedACL':'private'},'publicAccessBlock':null; UNKNOWN",
                "'policy':{'$unavailable':'AccessDenied'},'acl':{'CannedACL':'private'},'publicAccessBlock':{'RestrictPublicBuckets':true}; COMPLIANT",
                "'policy':null,'acl':{'CannedACL':'public-read'},'publicAccessBlock':null; VIOLATION",
                "'policy':null,'acl':{'CannedACL':'public-read'},'publicAccessBlock':{'IgnorePublicAcls':true}; COMPLIANT",
                "'policy':null,'acl':{'CannedACL':'public-read'},'publicAccessBlock':{'BlockPublicAcls':true}; VIOLATION",
                "'policy':null,'acl':{'CannedACL':'public-read'},'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]},'publicAccessBlock':null; COMPLIANT",
                "'policy':null,'acl':{'CannedACL':'public-read'},'ownershipControls':{'$unavailable':'AccessDenied'},'publicAccessBlock':null; UNKNOWN",
                "'policy':{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}]},'acl':{'CannedACL':'private'},'publicAccessBlock':{'$unavailable':'x'}; UNKNOWN"
            })
    void rule_B3_bucket_public(String members, String expected) {
        assertThat(name(ofBucket(members), "bucket-public")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'acl':{'CannedACL':'public-read'}; acl-public; VIOLATION",
                "'acl':{'CannedACL':'public-read'}; acl-public-read; VIOLATION",
                "'acl':{'CannedACL':'public-read'}; acl-public-write; COMPLIANT",
                "'acl':{'CannedACL':'public-read'}; acl-canned-public-read; VIOLATION",
                "'acl':{'CannedACL':'public-read'}; acl-canned-public-read-write; COMPLIANT",
                "'acl':{'CannedACL':'public-read-write'}; acl-canned-public-read; VIOLATION",
                "'acl':{'CannedACL':'public-read-write'}; acl-canned-public-read-write; VIOLATION",
                "'acl':{'CannedACL':'authenticated-read'}; acl-public; VIOLATION",
                "'acl':{'CannedACL':'authenticated-read'}; acl-canned-public-read; COMPLIANT",
                "'acl':{'CannedACL':'log-delivery-write'}; acl-public; COMPLIANT",
                "'acl':{'CannedACL':'aws-exec-read'}; acl-cross-account; COMPLIANT",
                "'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'ID':'x'},'Permission':'READ'}]}; acl-cross-account; VIOLATION",
                "'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'ID':'o'},'Permission':'READ'}]}; acl-cross-account; COMPLIANT",
                "'acl':{'Grants':[{'Grantee':{'ID':'x'},'Permission':'READ'}]}; acl-cross-account; UNKNOWN",
                "'acl':{'Owner':{'ID':'o'},'Grants':[]}; acl-owner-without-grant; VIOLATION",
                "'acl':{'$unavailable':'AccessDenied'}; acl-public; UNKNOWN",
                "'cors':null; acl-public; UNKNOWN",
                "'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]}; acls-disabled; COMPLIANT",
                "'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerPreferred'}]}; acls-disabled; VIOLATION",
                "'ownershipControls':null; acls-disabled; VIOLATION",
                "'objects':{'k':{'acl':{'CannedACL':'public-read'}}}; object-acl-public; VIOLATION",
                "'objects':{'k':{'acl':{'CannedACL':'private'}}}; object-acl-public; COMPLIANT",
                "'objects':{'k':{'acl':{'CannedACL':'private'}},'l':{'acl':{'$unavailable':'x'}}}; object-acl-public; UNKNOWN",
                "'objects':{}; object-acl-public; UNKNOWN",
                "'cors':null; object-acl-public; UNKNOWN"
            })
    void access_control_lists(String members, String id, String expected) {
        assertThat(name(ofBucket(members), id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'versioning':{'Status':'Enabled'}; versioning; COMPLIANT",
                "'versioning':{'Status':'Suspended'}; versioning; VIOLATION",
                "'versioning':{}; versioning; VIOLATION",
                "'versioning':null; versioning; VIOLATION",
                "'versioning':{'Status':'Enabled','MFADelete':'Enabled'},'lifecycle':null; mfa-delete; COMPLIANT",
                "'versioning':{'Status':'Enabled','MFADelete':'Disabled'},'lifecycle':null; mfa-delete; VIOLATION",
                "'versioning':{'Status':'Enabled'},'lifecycle':{'Rules':[{'Status':'Enabled'}]}; mfa-delete; NOT_APPLICABLE",
                "'versioning':{'Status':'Enabled'},'lifecycle':{'$unavailable':'x'}; mfa-delete; UNKNOWN",
                "'encryption':null; default-encryption; UNKNOWN",
                "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'AES256'}}]}; default-encryption; COMPLIANT",
                "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'AES256'}}]}; kms-encryption; VIOLATION",
                "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'aws:kms'}}]}; kms-encryption; COMPLIANT",
                "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'aws:kms:dsse'}}]}; kms-encryption; COMPLIANT",
                "'encryption':{'ServerSideEncryptionConfiguration':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'aws:kms'}}]}}; kms-encryption; COMPLIANT",
                "'encryption':null; kms-encryption; VIOLATION",
                "'objectLock':{'ObjectLockEnabled':'Enabled'}; object-lock; COMPLIANT",
                "'objectLock':null; object-lock; VIOLATION",
                "'logging':{}; access-logging; VIOLATION",
                "'logging':null; access-logging; VIOLATION",
                "'logging':{'LoggingEnabled':{'TargetBucket':'b'}}; access-logging; VIOLATION",
                "'logging':{'LoggingEnabled':{'TargetBucket':'logs','TargetPrefix':''}}; access-logging; COMPLIANT",
                "'notification':{}; event-notifications; VIOLATION",
                "'notification':{'EventBridgeConfiguration':{}}; event-notifications; COMPLIANT",
                "'notification':{'QueueConfigurations':[{'QueueArn':'q'}]}; event-notifications; COMPLIANT",
                "'notification':{'QueueConfigurations':[]}; event-notifications; VIOLATION",
                "'lifecycle':{'Rules':[{'Status':'Enabled'}]}; lifecycle; COMPLIANT",
                "'lifecycle':{'Rules':[{'Status':'Disabled'}]}; lifecycle; VIOLATION",
                "'lifecycle':null; lifecycle; VIOLATION",
                "'lifecycle':null,'versioning':{'Status':'Enabled'}; lifecycle-versioned; VIOLATION",
                "'lifecycle':null,'versioning':{'Status':'Suspended'}; lifecycle-versioned; NOT_APPLICABLE",
                "'lifecycle':{'Rules':[{'Status':'Enabled','AbortIncompleteMultipartUpload':{'DaysAfterInitiation':7}}]}; lifecycle-abort-multipart; COMPLIANT",
                "'cors':{'CORSRules':[{'AllowedOrigins':['*'],'AllowedMethods':['GET']}]}; cors-wildcard; VIOLATION",
                "'cors':{'CORSRules':[{'AllowedOrigins':['https://example.com'],'AllowedMethods':['GET']}]}; cors-wildcard; COMPLIANT",
                "'cors':null; cors-wildcard; COMPLIANT",
                "'tagging':{'TagSet':[{'Key':'owner','Value':'x'}]}; tags; COMPLIANT",
                "'tagging':null; tags; VIOLATION",
                "'website':{'IndexDocument':{'Suffix':'index.html'}}; website-hosting; VIOLATION",
                "'inventory':null; inventory; VIOLATION"
            })
    void rules_V_and_E_and_what_keeps_a_bucket_tidy(String members, String id, String expected) {
        assertThat(name(ofBucket(members), id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'region':'eu-west-1','policy':{'Statement':{'Effect':'Allow','Principal':{'Service':'logging.s3.amazonaws.com'},'Action':'s3:PutObject','Resource':'*'}}; COMPLIANT",
                "'region':'us-east-1'; VIOLATION",
                "'account':'999900009999'; VIOLATION",
                "'objectLock':{'ObjectLockEnabled':'Enabled','Rule':{'DefaultRetention':{'Mode':'GOVERNANCE','Days':1}}}; VIOLATION",
                "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'aws:kms'}}]}; VIOLATION",
                "'encryption':{'$unavailable':'AccessDenied'}; UNKNOWN",
                "'policy':null,'acl':{'CannedACL':'log-delivery-write'}; COMPLIANT",
                "'policy':null,'acl':{'CannedACL':'log-delivery-write'},'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]}; VIOLATION",
                "'policy':null,'acl':{'CannedACL':'private'}; VIOLATION"
            })
    void rule_V4_logs_must_be_able_to_arrive(String target, String expected) {
        // Given
        var snapshot = with(
                ofBucket("'logging':{'LoggingEnabled':{'TargetBucket':'logs'}}"),
                "otherBuckets",
                "[{'name':'logs'," + target + "}]");

        // Then
        assertThat(name(snapshot, "access-logging")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']; VIOLATION",
                "'Effect':'Deny','Principal':{'AWS':'*'},'Action':'*','Resource':'arn:aws:s3:::b/*'; VIOLATION",
                "'Effect':'Deny','Principal':'*','Action':['s3:PutBucketPolicy','s3:DeleteBucketPolicy'],'Resource':'arn:aws:s3:::b'; VIOLATION",
                "'Effect':'Deny','Principal':'*','Action':'s3:DeleteBucket','Resource':'arn:aws:s3:::b'; COMPLIANT",
                "'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}; COMPLIANT",
                "'Effect':'Deny','Principal':{'AWS':'arn:aws:iam::111122223333:user/u'},'Action':'s3:*','Resource':'*'; COMPLIANT",
                "'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::111122223333:root'},'Action':'s3:*','Resource':'*'; COMPLIANT",
                "'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::other'; COMPLIANT"
            })
    void policy_lockout_is_an_unconditional_deny_of_everything_to_everyone(String statement, String expected) {
        assertThat(name(ofBucket("'policy':{'Statement':[{" + statement + "}]}"), "policy-lockout"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'Principal':'*','Action':'s3:GetObject'; policy-wildcard-principal; VIOLATION",
                "'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject'; policy-wildcard-principal; COMPLIANT",
                "'Principal':{'AWS':'111122223333'},'Action':'s3:*'; policy-wildcard-action; VIOLATION",
                "'Principal':{'AWS':'111122223333'},'Action':'s3:Get*'; policy-wildcard-action; COMPLIANT",
                "'NotPrincipal':{'AWS':'111122223333'},'Action':'s3:GetObject'; policy-allow-notprincipal; VIOLATION",
                "'Principal':{'AWS':'111122223333'},'NotAction':'s3:GetObject'; policy-allow-notaction; VIOLATION",
                "'Principal':{'AWS':'AROAEXAMPLEID12345678'},'Action':'s3:GetObject'; deleted-principals; VIOLATION",
                "'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject','Condition':{'DateLessThan':{'aws:CurrentTime':'2020-12-31T00:00:00Z'}}; expired-grants; VIOLATION",
                "'Principal':{'AWS':'111122223333'},'Action':'s3:GetObject','Condition':{'DateLessThan':{'aws:CurrentTime':'2030-12-31T00:00:00Z'}}; expired-grants; COMPLIANT",
                "'Principal':{'AWS':'arn:aws:iam::1111222\u200b23333:root'},'Action':'s3:GetObject'; policy-look-alikes; VIOLATION",
                "'Principal':{'Service':'s.amazonaws.com'},'Action':'s3:PutObject'; service-confused-deputy; VIOLATION",
                "'Principal':{'AWS':'999900009999'},'Action':'s3:GetObject'; cross-account; VIOLATION",
                "'Principal':{'AWS':'999900009999'},'Action':'s3:PutBucketPolicy'; cross-account-admin-actions; VIOLATION",
                "'Principal':{'AWS':'999900009999'},'Action':'s3:GetObject'; cross-account-admin-actions; COMPLIANT"
            })
    void what_an_allow_may_be_blamed_for(String statement, String id, String expected) {
        assertThat(name(
                        ofBucket(
                                "'policy':{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Resource':'arn:aws:s3:::b/*',"
                                        + statement + "}]}"),
                        id))
                .isEqualTo(expected);
    }

    @Test
    void rule_X5_no_policy_is_compliant_and_six_variables_in_one_value_are_not() {
        // Given
        String value = "arn:aws:s3:::b/" + "${aws:username}/".repeat(6);

        // Then
        assertThat(name(ofBucket("'policy':null"), "policy-variables")).isEqualTo("COMPLIANT");
        assertThat(name(
                        ofBucket("'policy':{'Statement':[{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'"
                                + value + "'}]}"),
                        "policy-variables"))
                .isEqualTo("VIOLATION");
    }

    @Test
    void rule_X7_a_restricted_public_policy_is_configured_and_not_effective() {
        // Given
        var snapshot = ofBucket(
                "'publicAccessBlock':{'RestrictPublicBuckets':true},'policy':{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'},"
                        + "{'Effect':'Allow','Principal':{'AWS':'999900009999'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::b/*'}]}");

        // Then
        assertThat(verdict(snapshot, "cross-account").why()).contains("configured, not effective");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secure-transport",
                "policy-public",
                "cross-account",
                "require-sse-header",
                "presign-max-age",
                "policy-lockout"
            })
    void an_unreadable_or_uncollected_policy_is_unknown(String id) {
        assertThat(name(ofBucket("'policy':{'$unavailable':'AccessDenied'}"), id))
                .isEqualTo("UNKNOWN");
        assertThat(name(ofBucket(""), id)).isEqualTo("UNKNOWN");
        assertThat(name(ofBucket("'policy':'not JSON'"), id)).isEqualTo("UNKNOWN");
    }

    @Test
    void a_snapshot_without_a_bucket_is_judged_as_an_account_alone() {
        // Given
        var snapshot = Snapshots.json("{'account':{'id':'111122223333','publicAccessBlock':" + ALL_ON + "}}");

        // Then
        assertThat(Snapshots.verdicts(snapshot).keySet()).containsExactly("bpa-account-effective");
        assertThat(name(snapshot, "bpa-account-effective")).isEqualTo("COMPLIANT");
        assertThat(name(snapshot, "versioning")).isEqualTo("NOT_APPLICABLE");
    }
}
