package io.tidelock.compliance.policy;

import static io.tidelock.compliance.policy.Policies.BUCKET;
import static io.tidelock.compliance.policy.Policies.allow;
import static io.tidelock.compliance.policy.Policies.deny;
import static io.tidelock.compliance.policy.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureTransportTest {
    private static final String BOTH = "['arn:aws:s3:::b','arn:aws:s3:::b/*']";
    private static final String HTTP = "{'Bool':{'aws:SecureTransport':'false'}}";

    private static boolean refused(String... statements) {
        return SecureTransport.of(policy(statements), BUCKET).refused();
    }

    @Test
    void rule_TLS1_a_deny_for_everyone_is_needed() {
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, HTTP))).isTrue();
        assertThat(refused(deny("{'AWS':'*'}", "'s3:*'", BOTH, HTTP))).isTrue();
        assertThat(refused(deny("{'AWS':['arn:aws:iam::111122223333:root','*']}", "'s3:*'", BOTH, HTTP)))
                .isTrue();
        assertThat(refused()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'AWS':'arn:aws:iam::111122223333:user/one'}",
                "{'AWS':'111122223333'}",
                "{'AWS':'arn:aws:iam::*:root'}",
                "{'Service':'*'}",
                "{'CanonicalUser':'*'}"
            })
    void rule_TLS1_one_user_or_account_is_not_everyone(String principal) {
        assertThat(refused(deny(principal, "'s3:*'", BOTH, HTTP))).isFalse();
    }

    @Test
    void rule_TLS1_not_principal_is_not_everyone() {
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, HTTP)
                        .replace("'Principal':'*'", "'NotPrincipal':{'AWS':'111122223333'}")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'s3:*'", "'*'", "['s3:GetObject','s3:*']", "'S3:*'", "'s3:**'", "'*:*'"})
    void rule_TLS2_every_action_is_covered(String action) {
        assertThat(refused(deny("'*'", action, BOTH, HTTP))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'s3:PutObject'", "'s3:Get*'", "['s3:Get*','s3:Put*']", "'s3:*Object'", "'sns:*'"})
    void rule_TLS2_some_actions_are_not_enough(String action) {
        assertThat(refused(deny("'*'", action, BOTH, HTTP))).isFalse();
    }

    @Test
    void rule_TLS2_not_action_is_not_enough() {
        assertThat(refused(deny("'*'", "'s3:GetObject'", BOTH, HTTP).replace("'Action'", "'NotAction'")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'*'",
                "'arn:aws:s3:::b*'",
                "'arn:aws:s3:::*'",
                "['arn:aws-cn:s3:::b','arn:aws-cn:s3:::b/*']",
                "['arn:aws-us-gov:s3:::b','arn:aws-us-gov:s3:::b/*']",
                "['arn:aws-iso:s3:::b','arn:aws-iso:s3:::b/*']",
                "['arn:*:s3:::b','arn:*:s3:::b/*']",
                "['arn:aws:s3:::b/*','arn:aws:s3:::other','arn:aws:s3:::b']",
                "['arn:aws:s3:::?','arn:aws:s3:::?/*']"
            })
    void rule_TLS3_bucket_and_objects_are_covered(String resource) {
        assertThat(refused(deny("'*'", "'s3:*'", resource, HTTP))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'arn:aws:s3:::b'",
                "'arn:aws:s3:::b/*'",
                "['arn:aws:s3:::b','arn:aws:s3:::b/prefix/*']",
                "['arn:aws:s3:::other','arn:aws:s3:::other/*']",
                "['arn:aws:s3:::bb','arn:aws:s3:::b/*']",
                "'arn:aws:s3:::b/key'",
                "'arn:aws:s3:::${aws:username}*'",
                "['arn:aws:s3:::B','arn:aws:s3:::B/*']"
            })
    void rule_TLS3_the_wrong_bucket_a_prefix_or_one_arn_alone_are_not_enough(String resource) {
        assertThat(refused(deny("'*'", "'s3:*'", resource, HTTP))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Bool':{'aws:SecureTransport':false}}",
                "{'Bool':{'aws:SecureTransport':['false']}}",
                "{'Bool':{'AWS:securetransport':'False'}}",
                "{'BoolIfExists':{'aws:SecureTransport':'false'}}"
            })
    void rule_TLS4_the_condition_may_be_spelled_in_these_ways(String condition) {
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, condition))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Bool':{'aws:SecureTransport':'true'}}",
                "{'Bool':{'aws:SecureTransport':['true','false']}}",
                "{'Bool':{'aws:SecureTransport':[]}}",
                "{'StringEquals':{'aws:SecureTransport':'false'}}",
                "{'Null':{'aws:SecureTransport':'true'}}",
                "{'ForAllValues:Bool':{'aws:SecureTransport':'false'}}",
                "{'Bool':{'aws:ViaAWSService':'false'}}",
                "{'Boolean':{'aws:SecureTransport':'false'}}",
                "{'Bool':'aws:SecureTransport'}",
                ""
            })
    void rule_TLS4_no_other_condition_will_do(String condition) {
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, condition))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Bool':{'aws:SecureTransport':'false','aws:ViaAWSService':'false'}}",
                "{'Bool':{'aws:SecureTransport':'false'},'StringEquals':{'aws:SourceVpc':'vpc-1'}}",
                "{'Bool':{'aws:SecureTransport':'false'},'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}}"
            })
    void rule_TLS5_a_further_condition_narrows_the_deny(String condition) {
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, condition))).isFalse();
    }

    @Test
    void rule_TLS5_an_element_that_nobody_knows_makes_the_deny_unreliable() {
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, HTTP).replace("'Sid':'D'", "'Unless':{'Bool':{'x':true}}")))
                .isFalse();
    }

    @Test
    void rule_TLS6_an_allow_over_https_refuses_nothing() {
        // When
        var judged = SecureTransport.of(policy(allow("'*'", "{'Bool':{'aws:SecureTransport':'true'}}")), BUCKET);

        // Then
        assertThat(judged.refused()).isFalse();
        assertThat(judged.notes().toString()).contains("over HTTPS only, which refuses nothing");
    }

    @Test
    void rule_TLS7_an_allow_without_https_opens_http() {
        // When
        var judged = SecureTransport.of(policy(allow("'*'", HTTP)), BUCKET);

        // Then
        assertThat(judged.refused()).isFalse();
        assertThat(judged.notes().toString()).contains("allows over plain HTTP");
    }

    @Test
    void rule_TLS8_two_denies_may_split_bucket_and_objects() {
        // Given
        String onBucket = deny("'*'", "'s3:*'", "'arn:aws:s3:::b'", HTTP);
        String onObjects = deny("'*'", "'*'", "'arn:aws:s3:::b/*'", HTTP);

        // Then
        assertThat(refused(onBucket, onObjects)).isTrue();
        assertThat(refused(onBucket, onBucket)).isFalse();
        assertThat(refused(onBucket, onObjects.replace("'*','Action'", "{'AWS':'111122223333'},'Action'")))
                .isFalse();
    }

    @Test
    void rule_TLS9_a_deny_below_tls_1_2_counts_and_is_said_to_be_unconfirmed() {
        // When
        var judged = SecureTransport.of(
                policy(deny("'*'", "'s3:*'", BOTH, "{'NumericLessThan':{'s3:TlsVersion':1.2}}")), BUCKET);

        // Then
        assertThat(judged.refused()).isTrue();
        assertThat(judged.notes().toString()).contains("unconfirmed");
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, "{'NumericLessThan':{'s3:TlsVersion':'1.1'}}")))
                .isFalse();
        assertThat(refused(deny("'*'", "'s3:*'", BOTH, "{'NumericLessThan':{'s3:TlsVersion':'x'}}")))
                .isFalse();
    }

    @Test
    void the_evidence_names_what_the_nearest_statement_lacks() {
        assertThat(SecureTransport.of(policy(deny("'*'", "'s3:PutObject'", BOTH, HTTP)), BUCKET)
                        .because())
                .containsExactly("statement 1 (Sid D) does not count: Action s3:PutObject is not every action");
        assertThat(SecureTransport.of(policy(deny("'*'", "'s3:*'", "'arn:aws:s3:::b/*'", HTTP)), BUCKET)
                        .because())
                .contains("the bucket's own ARN arn:aws:s3:::b is not covered");
    }
}
