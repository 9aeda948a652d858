package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Snapshots.ofBucket;
import static io.tidelock.compliance.control.Snapshots.verdict;
import static io.tidelock.compliance.control.Snapshots.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents at the edges of the rules, each with the verdict that the provider's own texts give. */
class EdgeCasesTest {
    private static void answers(JsonNode snapshot, String id, String expected) {
        assertThat(verdict(snapshot, id).name())
                .as("%s: %s", id, verdict(snapshot, id))
                .isEqualTo(expected);
    }

    private static JsonNode statement(String members) {
        JsonNode snapshot = ofBucket("'policy':{'Version':'2012-10-17','Statement':[{'Sid':'S'," + members + "}]}");
        return with(
                snapshot,
                "trusted",
                "{'accounts':['444455556666'],'vpces':['vpce-ours'],'orgIds':['o-ours'],'ips':['198.51.100.0/24'],'principals':['arn:aws:iam::777700007777:role/partner']}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'AWS':['*']}; VIOLATION",
                "['*']; VIOLATION",
                "{'AWS':'arn:aws:iam::*:root'}; VIOLATION",
                "{'AWS':'arn:aws:iam::111122223333:role/*'}; VIOLATION",
                "{'AWS':'1111222?3333'}; VIOLATION",
                "{'Service':'*'}; VIOLATION",
                "{'Service':['s3.amazonaws.com','logging.s3.amazonaws.com']}; COMPLIANT",
                "{'Federated':'arn:aws:iam::111122223333:saml-provider/x'}; COMPLIANT",
                "{'Federated':'accounts.google.com'}; VIOLATION",
                "{'CanonicalUser':'79a59df900b949e55d96a1e698fbaced'}; COMPLIANT",
                "{'AWS':'arn:aws:sts::111122223333:assumed-role/r/s'}; COMPLIANT",
                "{'AWS':['111122223333'],'CanonicalUser':'*'}; VIOLATION",
                "{'Robot':'r2'}; VIOLATION",
                "{}; VIOLATION",
                "{'AWS':'AROAEXAMPLEID12345678'}; COMPLIANT"
            })
    void rules_P3_P4_who_is_fixed(String principal, String expected) {
        answers(
                statement("'Effect':'Allow','Principal':" + principal
                        + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'"),
                "policy-public",
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'StringEquals':{'aws:SourceVpc':['vpc-1','vpc-*']}}; VIOLATION",
                "{'StringEquals':{'AWS:SOURCEVPCE':'vpce-1'}}; COMPLIANT",
                "{'StringEqualsIgnoreCase':{'aws:SourceVpce':'vpce-1'}}; COMPLIANT",
                "{'StringLike':{'aws:SourceArn':'arn:aws:sns:eu-west-1:111122223333:t'}}; COMPLIANT",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:111122223333:*'}}; VIOLATION",
                "{'ForAnyValue:StringEquals':{'aws:PrincipalOrgID':'o-1'}}; COMPLIANT",
                "{'ForAllValues:StringEquals':{'aws:SourceVpc':'vpc-1'}}; VIOLATION",
                "{'ForAnyValue:StringLike':{'aws:PrincipalOrgPaths':'o-1/r-1/*'}}; VIOLATION",
                "{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'}}; VIOLATION",
                "{'Null':{'aws:SourceVpc':'false'}}; VIOLATION",
                "{'Bool':{'aws:PrincipalIsAWSService':'true'}}; VIOLATION",
                "{'stringequals':{'aws:SourceVpc':'vpc-1'}}; VIOLATION",
                "{'StringEquals':{'aws:PrincipalOrgID':'${aws:PrincipalOrgID}'}}; VIOLATION",
                "{'StringEquals':{'aws:PrincipalTag/team':'x'}}; VIOLATION",
                "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}; COMPLIANT",
                "{'IpAddress':{'aws:SourceIp':['192.168.0.0/16','172.16.0.0/12']}}; COMPLIANT",
                "{'IpAddress':{'aws:SourceIp':'198.0.0.0/7'}}; VIOLATION",
                "{'IpAddress':{'aws:SourceIp':['0.0.0.0/1','128.0.0.0/1']}}; VIOLATION",
                "{'IpAddress':{'aws:SourceIp':'::/0'}}; VIOLATION",
                "{'IpAddress':{'aws:SourceIp':'2001:db8::/32'}}; COMPLIANT",
                "{'IpAddress':{'aws:SourceIp':'2001:db8::/31'}}; VIOLATION",
                "{'IpAddress':{'aws:SourceIp':'192.0.2.1'}}; COMPLIANT",
                "{'NotIpAddress':{'aws:SourceIp':'192.0.2.0/24'}}; VIOLATION",
                "{'StringEquals':{'aws:SourceIp':'192.0.2.0/24'},'StringLike':{'aws:Referer':'x'}}; COMPLIANT",
                "{'StringLike':{'aws:userid':'AROAEXAMPLEID:*'}}; VIOLATION",
                "{'StringEquals':{'aws:userid':'AIDAEXAMPLEID12345678'}}; COMPLIANT",
                "{'StringLike':{'s3:DataAccessPointArn':'arn:aws:s3:eu-west-1:111122223333:accesspoint/*'}}; COMPLIANT",
                "{'StringLike':{'s3:DataAccessPointArn':'arn:aws:s3:eu-west-1:*:accesspoint/a'}}; VIOLATION",
                "{'StringEquals':{'s3:x-amz-server-side-encryption-aws-kms-key-id':'arn:aws:kms:eu-west-1:111122223333:key/k'}}; VIOLATION",
                "{'DateGreaterThan':{'aws:CurrentTime':'2099-01-01T00:00:00Z'}}; VIOLATION"
            })
    void rules_P5_to_P9_what_pins(String condition, String expected) {
        answers(
                statement(
                        "'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*','Condition':"
                                + condition),
                "policy-public",
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'s3:Get*'; COMPLIANT; VIOLATION",
                "['s3:ListBucketMultipartUploads']; COMPLIANT; VIOLATION",
                "'s3:P*'; VIOLATION; COMPLIANT",
                "'S3:puTobJect'; VIOLATION; COMPLIANT",
                "'s3:*Object'; VIOLATION; VIOLATION",
                "'s3:AbortMultipartUpload'; VIOLATION; COMPLIANT",
                "'*'; VIOLATION; VIOLATION",
                "'ec2:*'; COMPLIANT; COMPLIANT"
            })
    void rule_P12_read_and_write(String action, String write, String read) {
        JsonNode snapshot = statement("'Effect':'Allow','Principal':'*','Action':" + action
                + ",'Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']");
        answers(snapshot, "policy-public-write", write);
        answers(snapshot, "policy-public-read", read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Bool':{'AWS:SECURETRANSPORT':false}}; COMPLIANT",
                "'Principal':['*'],'Action':['s3:*','sts:GetCallerIdentity'],'Resource':['arn:aws:s3:::b*'],'Condition':{'Bool':{'aws:SecureTransport':'False'}}; COMPLIANT",
                "'Principal':{'AWS':['*']},'Action':'*','Resource':'*','Condition':{'BoolIfExists':{'aws:SecureTransport':['false']}}; COMPLIANT",
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':['false','true']}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'StringEquals':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Null':{'aws:SecureTransport':'true'}}; VIOLATION",
                "'Principal':'*','Action':'s3:G*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'Principal':'*','NotAction':'s3:GetObject','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'NotPrincipal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','NotResource':'arn:aws:s3:::b/x','Condition':{'Bool':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::b/*','Condition':{'Bool':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','Resource':['arn:aws:s3:::b','arn:aws:s3:::b/p/*'],'Condition':{'Bool':{'aws:SecureTransport':'false'}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'},'IpAddress':{'aws:SourceIp':'192.0.2.0/24'}}; VIOLATION",
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'NumericLessThan':{'s3:TlsVersion':1.2}}; COMPLIANT",
                "'Principal':'*','Action':'s3:*','Resource':'*','Condition':{'NumericLessThan':{'s3:TlsVersion':'1.1'}}; VIOLATION"
            })
    void rules_TLS(String members, String expected) {
        answers(statement("'Effect':'Deny'," + members), "secure-transport", expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'AWS':'444455556666'}; ''; COMPLIANT",
                "{'AWS':'arn:aws:iam::777700007777:role/partner'}; ''; COMPLIANT",
                "{'AWS':'arn:aws:iam::777700007777:role/other'}; ''; VIOLATION",
                "{'AWS':'arn:aws:iam::111122223333:root'}; ''; COMPLIANT",
                "'*'; {'StringEquals':{'aws:SourceVpce':'vpce-ours'}}; COMPLIANT",
                "'*'; {'StringEquals':{'aws:SourceVpce':['vpce-ours','vpce-theirs']}}; VIOLATION",
                "'*'; {'StringEquals':{'aws:PrincipalOrgID':'o-ours'}}; COMPLIANT",
                "'*'; {'IpAddress':{'aws:SourceIp':'198.51.100.128/25'}}; COMPLIANT",
                "'*'; {'StringEquals':{'aws:PrincipalAccount':'111122223333'}}; COMPLIANT",
                "'*'; {'StringMatches':{'aws:PrincipalAccount':'111122223333'}}; VIOLATION",
                "{'Service':'s3.amazonaws.com'}; ''; COMPLIANT",
                "{'AWS':'AIDAEXAMPLEID12345678'}; ''; COMPLIANT"
            })
    void rules_X1_to_X6(String principal, String condition, String expected) {
        String when = condition.equals("''") ? "" : ",'Condition':" + condition;
        answers(
                statement("'Effect':'Allow','Principal':" + principal
                        + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'" + when),
                "cross-account",
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'StringEquals':{'aws:SourceOrgID':'o-ours'}}; COMPLIANT",
                "{'StringEquals':{'aws:SourceAccount':['111122223333']}}; COMPLIANT",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::b'}}; COMPLIANT",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:*:*:*'}}; VIOLATION",
                "{'StringLike':{'aws:SourceAccount':'*'}}; VIOLATION",
                "{'StringNotEquals':{'aws:SourceAccount':'999900009999'}}; VIOLATION",
                "{'Bool':{'aws:SecureTransport':'true'}}; VIOLATION"
            })
    void rule_X3_services_act_for_somebody_named(String condition, String expected) {
        answers(
                statement(
                        "'Effect':'Allow','Principal':{'Service':'sns.amazonaws.com'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::b/*','Condition':"
                                + condition),
                "service-confused-deputy",
                expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "require-sse-header; {'Null':{'s3:x-amz-server-side-encryption':true}}; COMPLIANT",
                "require-sse-header; {'Null':{'s3:x-amz-server-side-encryption':'false'}}; VIOLATION",
                "require-sse-s3; {'StringNotEquals':{'s3:x-amz-server-side-encryption':'AES256'}}; COMPLIANT",
                "require-sse-s3; {'StringNotEquals':{'s3:x-amz-server-side-encryption':['AES256','aws:kms']}}; VIOLATION",
                "require-sse-kms; {'StringNotEquals':{'s3:x-amz-server-side-encryption':'aws:kms'}}; COMPLIANT",
                "require-sse-kms; {'StringNotLike':{'s3:x-amz-server-side-encryption':'aws:kms*'}}; COMPLIANT",
                "require-sse-kms; {'StringEquals':{'s3:x-amz-server-side-encryption':'aws:kms'}}; VIOLATION",
                "require-sse-kms; {'StringNotEqualsIfExists':{'s3:x-amz-server-side-encryption':'aws:kms'}}; VIOLATION",
                "require-sse-c; {'Null':{'s3:x-amz-server-side-encryption-customer-algorithm':'true'}}; COMPLIANT",
                "require-sse-c; {'Null':{'s3:x-amz-server-side-encryption-customer-algorithm':'false'}}; VIOLATION",
                "sse-c-refused; {'Null':{'s3:x-amz-server-side-encryption-customer-algorithm':'false'}}; COMPLIANT",
                "presign-max-age; {'NumericGreaterThan':{'s3:signatureAge':'600000'}}; COMPLIANT",
                "presign-max-age; {'NumericGreaterThanEquals':{'s3:SignatureAge':600001}}; COMPLIANT",
                "presign-max-age; {'NumericGreaterThanEquals':{'s3:signatureAge':600002}}; VIOLATION",
                "presign-max-age; {'NumericGreaterThanIfExists':{'s3:signatureAge':600000}}; COMPLIANT",
                "presign-max-age; {'StringEquals':{'s3:authType':'REST-QUERY-STRING'}}; COMPLIANT",
                "presign-max-age; {'NumericGreaterThan':{'s3:signatureAge':600000},'Bool':{'aws:ViaAWSService':'false'}}; VIOLATION"
            })
    void rules_E_and_S_what_a_deny_refuses(String id, String condition, String expected) {
        JsonNode snapshot = with(
                statement(
                        "'Effect':'Deny','Principal':{'AWS':'*'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*','Condition':"
                                + condition),
                "settings",
                "{'maxSignatureAgeMs':600000}");
        answers(with(snapshot, "bucket", withEncryption(snapshot)), id, expected);
    }

    /** A default that satisfies no demand by itself. */
    private static String withEncryption(JsonNode snapshot) {
        return snapshot.get("bucket").deepCopy().toString().replaceFirst("\\{", "{\"encryption\":null,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "'policy':'not json'; policy-public; UNKNOWN",
                "'policy':''; secure-transport; UNKNOWN",
                "'policy':{'Statement':[]}; policy-public; COMPLIANT",
                "'policy':{'Statement':[{'Effect':'allow','Principal':'*','Action':'s3:*','Resource':'*'}]}; policy-public; UNKNOWN",
                "'policy':{'Statement':{'Effect':'Allow','Principal':'*','Action':'s3:*'}}; policy-public; VIOLATION",
                "'policy':{'Version':'2012-10-17'}; policy-public; UNKNOWN",
                "'acl':{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'URI':'http://acs.amazonaws.com/groups/global/Nobody'},'Permission':'READ'}]}; acl-public; UNKNOWN",
                "'acl':{'CannedACL':'PUBLIC-READ'}; acl-public; VIOLATION",
                "'acl':{'CannedACL':'public'}; acl-public; UNKNOWN",
                "'publicAccessBlock':{'BlockPublicAcls':1}; bpa-BlockPublicAcls; UNKNOWN",
                "'versioning':{'Status':'enabled'}; versioning; VIOLATION",
                "'ownershipControls':{'Rules':[]}; acls-disabled; UNKNOWN",
                "'encryption':{'Rules':[]}; default-encryption; UNKNOWN",
                "'logging':{'LoggingEnabled':{'TargetPrefix':'x'}}; access-logging; VIOLATION",
                "'logging':{'LoggingEnabled':{'TargetBucket':'logs','TargetPrefix':''}}; access-logging; COMPLIANT",
                "'replication':{'Role':'r','Rules':[{'Status':'Enabled','Destination':{'Bucket':'arn:aws:s3:::d'}}]}; replication-configured; COMPLIANT",
                "'replication':{'Role':'r','Rules':[{'Status':'Disabled','Destination':{'Bucket':'arn:aws:s3:::d'}}]}; replication-configured; VIOLATION",
                "'replication':{'Role':'r','Rules':[{'Status':'Enabled','Destination':{'Bucket':'arn:aws:s3:::d'}}]}; replication-destination-exists; UNKNOWN",
                "'replication':{'Rules':7}; replication-configured; UNKNOWN"
            })
    void documents_that_are_odd(String members, String id, String expected) {
        answers(ofBucket(members), id, expected);
    }
}
