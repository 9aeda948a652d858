package io.tidelock.compliance.policy;

import static io.tidelock.compliance.policy.Policies.allow;
import static io.tidelock.compliance.policy.Policies.deny;
import static io.tidelock.compliance.policy.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.compliance.document.Collected;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicnessTest {
    private static final String ANYONE = "'*'";

    private static Truth isPublic(String... statements) {
        return Publicness.of(policy(statements)).isPublic();
    }

    private static Truth underCondition(String condition) {
        return isPublic(allow(ANYONE, condition));
    }

    @Test
    void rule_P1_without_an_allow_nothing_is_public_and_a_deny_changes_nothing() {
        assertThat(isPublic()).isEqualTo(Truth.FALSE);
        assertThat(isPublic(deny(ANYONE, "'s3:*'", "'*'", ""))).isEqualTo(Truth.FALSE);
        assertThat(isPublic(allow(ANYONE, ""), deny(ANYONE, "'s3:*'", "'*'", "")))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void rule_P2_one_unpinned_allow_makes_the_whole_policy_public() {
        // Given
        String pinned = allow("{'AWS':'111122223333'}", "");

        // Then
        assertThat(isPublic(pinned, pinned)).isEqualTo(Truth.FALSE);
        assertThat(isPublic(pinned, allow(ANYONE, ""))).isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'*'",
                "{'AWS':'*'}",
                "['*']",
                "{'AWS':['arn:aws:iam::111122223333:root','*']}",
                "{'AWS':'arn:aws:iam::*:root'}",
                "{'AWS':'arn:aws:iam::11112222333?:root'}",
                "{'AWS':'arn:aws:iam::111122223333:user/${aws:username}'}",
                "{'Federated':'graph.facebook.com'}",
                "{'Federated':'accounts.google.com'}",
                "{'Service':'*'}",
                "{'CanonicalUser':'*'}",
                "{'Everyone':'yes'}",
                "{}",
                "{'AWS':[]}"
            })
    void rule_P3_P4_a_principal_that_is_not_entirely_fixed_is_public(String principal) {
        assertThat(isPublic(allow(principal, ""))).isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'AWS':'111122223333'}",
                "{'AWS':'arn:aws:iam::111122223333:root'}",
                "{'AWS':['arn:aws-cn:iam::111122223333:user/u','arn:aws-us-gov:iam::111122223333:role/p/r']}",
                "{'AWS':'arn:aws:sts::111122223333:assumed-role/r/s'}",
                "{'CanonicalUser':'79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'}",
                "{'Service':'logging.s3.amazonaws.com'}",
                "{'Federated':'arn:aws:iam::111122223333:saml-provider/p'}",
                "{'Federated':'arn:aws:iam::111122223333:oidc-provider/p'}"
            })
    void rule_P4_fixed_principals_are_not_public(String principal) {
        assertThat(isPublic(allow(principal, ""))).isEqualTo(Truth.FALSE);
    }

    @Test
    void rule_P4_not_principal_in_an_allow_is_public() {
        assertThat(
                        isPublic(
                                "{'Effect':'Allow','NotPrincipal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}"))
                .isEqualTo(Truth.TRUE);
        assertThat(isPublic("{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b/*'}"))
                .isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'StringEquals':{'aws:SourceVpc':'vpc-91237329'}}",
                "{'StringEquals':{'AWS:sourcevpce':'vpce-1a2b3c4d'}}",
                "{'ArnEquals':{'aws:SourceArn':'arn:aws:sns:us-east-1:111122223333:t'}}",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::other'}}",
                "{'StringEquals':{'aws:SourceOwner':'111122223333'}}",
                "{'StringEquals':{'aws:SourceAccount':['111122223333','444455556666']}}",
                "{'StringLike':{'aws:userid':'AIDAEXAMPLEID'}}",
                "{'StringEquals':{'s3:DataAccessPointAccount':'111122223333'}}",
                "{'StringEqualsIgnoreCase':{'aws:PrincipalOrgID':'o-abc'}}",
                "{'ForAnyValue:StringEquals':{'aws:PrincipalOrgID':'o-abc'}}",
                "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/r'}}",
                "{'StringEquals':{'aws:PrincipalAccount':'111122223333'}}",
                "{'StringEquals':{'s3:prefix':'x','aws:SourceVpc':'vpc-1'}}",
                "{'StringNotEquals':{'s3:prefix':'x'},'StringEquals':{'aws:SourceVpc':'vpc-1'}}"
            })
    void rule_P5_P9_one_pinning_key_with_fixed_values_is_enough(String condition) {
        assertThat(underCondition(condition)).isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'StringLike':{'aws:SourceVpc':'vpc-*'}}",
                "{'StringEquals':{'aws:SourceVpc':['vpc-1','vpc-?']}}",
                "{'StringEquals':{'aws:SourceVpc':'${aws:PrincipalTag/vpc}'}}",
                "{'StringEquals':{'aws:SourceVpc':[]}}",
                "{'StringEquals':{'aws:SourceVpc':''}}",
                "{'StringLike':{'aws:userid':'AROAEXAMPLEID:*'}}",
                "{'StringEquals':{'aws:userid':'AROAEXAMPLEID:session'}}",
                "{'StringLike':{'s3:prefix':'public/'}}",
                "{'Bool':{'aws:SecureTransport':true}}",
                "{'StringLike':{'aws:Referer':'https://example.com/'}}",
                "{'StringEquals':{'aws:UserAgent':'secret'}}",
                "{'NumericLessThan':{'aws:EpochTime':1609415999}}",
                "{'StringEquals':{'s3:x-amz-acl':'public-read'}}",
                "{'StringEquals':{'aws:PrincipalOrgPaths':'o-a/r-b/'}}",
                "{'StringEquals':{'aws:PrincipalTag/team':'x'}}"
            })
    void rule_P5_other_keys_and_values_that_are_not_fixed_do_not_pin(String condition) {
        assertThat(underCondition(condition)).isEqualTo(Truth.TRUE);
    }

    @Test
    void rule_P5_the_kms_key_id_does_not_pin_and_the_verdict_says_that_this_is_unconfirmed() {
        // When
        var judged = Publicness.of(policy(allow(
                ANYONE,
                "{'StringEquals':{'s3:x-amz-server-side-encryption-aws-kms-key-id':'arn:aws:kms:r:1:key/k'}}")));

        // Then
        assertThat(judged.isPublic()).isEqualTo(Truth.TRUE);
        assertThat(judged.openings().getFirst().because().toString())
                .contains("s3:x-amz-server-side-encryption-aws-kms-key-id")
                .contains("unconfirmed");
    }

    @ParameterizedTest
    @CsvSource({
        "54.240.143.0/24, FALSE",
        "54.240.143.188, FALSE",
        "10.0.0.0/8, FALSE",
        "192.168.0.0/16, FALSE",
        "11.0.0.0/7, TRUE",
        "0.0.0.0/0, TRUE",
        "0.0.0.0/1, TRUE",
        "2001:db8::/32, FALSE",
        "2001:DB8:1234:5678::/64, FALSE",
        "2001:db8::/31, TRUE",
        "::/0, TRUE",
        "54.240.143.*, TRUE",
        "300.1.1.1/24, TRUE",
        "1.2.3.4/33, TRUE",
        "example.com, TRUE"
    })
    void rule_P6_a_source_address_pins_unless_it_is_extremely_broad(String block, Truth expected) {
        assertThat(underCondition("{'IpAddress':{'aws:SourceIp':'" + block + "'}}"))
                .isEqualTo(expected);
    }

    @Test
    void rule_P6_one_broad_range_in_a_mix_is_public() {
        assertThat(underCondition("{'IpAddress':{'aws:SourceIp':['54.240.143.0/24','0.0.0.0/0']}}"))
                .isEqualTo(Truth.TRUE);
        assertThat(underCondition("{'NotIpAddress':{'aws:SourceIp':'54.240.143.0/24'}}"))
                .isEqualTo(Truth.TRUE);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:us-west-2:123456789012:accesspoint/*, FALSE",
        "arn:aws:s3:us-west-2:123456789012:accesspoint/finance-*, FALSE",
        "arn:aws:s3:us-west-2:123456789012:accesspoint/finance, FALSE",
        "arn:aws:s3:us-west-2:*:accesspoint/finance, TRUE",
        "arn:aws:s3:us-west-2:12345678901?:accesspoint/*, TRUE",
        "arn:aws:s3:us-west-2:123456789012:*, TRUE",
        "*, TRUE"
    })
    void rule_P7_an_access_point_may_have_a_wildcard_in_its_name_if_the_account_is_fixed(String arn, Truth expected) {
        assertThat(underCondition("{'ArnLike':{'s3:DataAccessPointArn':'" + arn + "'}}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringNotEquals",
                "StringNotLike",
                "StringNotEqualsIgnoreCase",
                "ArnNotEquals",
                "ArnNotLike",
                "StringEqualsIfExists",
                "StringLikeIfExists",
                "ArnLikeIfExists",
                "ForAllValues:StringEquals",
                "ForAllValues:StringLike",
                "ForAnyValue:StringNotEquals",
                "ForAnyValue:StringEqualsIfExists",
                "Null",
                "Bool",
                "DateLessThan",
                "NumericEquals",
                "BinaryEquals",
                "StringMatches",
                "stringequals"
            })
    void rule_P8_operators_that_hold_for_anybody_do_not_pin(String operator) {
        assertThat(underCondition("{'" + operator + "':{'aws:SourceVpc':'vpc-1'}}"))
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void rule_P9_values_are_alternatives_and_keys_add_up() {
        assertThat(underCondition("{'StringLike':{'aws:SourceVpc':['vpc-1','vpc-2']}}"))
                .isEqualTo(Truth.FALSE);
        assertThat(underCondition("{'StringLike':{'aws:SourceVpc':['vpc-1','*']}}"))
                .isEqualTo(Truth.TRUE);
        assertThat(underCondition("{'StringLike':{'aws:SourceVpc':'*'},'StringEquals':{'aws:SourceVpce':'vpce-1'}}"))
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void rule_P10_statement_may_be_one_object_and_values_bare() {
        // Given
        String document =
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":111122223333},\"Bool\":{\"aws:SecureTransport\":false}}}}";

        // When
        var policy = Policies.read(document, PolicyKind.RESOURCE);

        // Then
        assertThat(Publicness.of(policy).isPublic()).isEqualTo(Truth.FALSE);
        assertThat(policy.statements().getFirst().conditions())
                .extracting(Condition::values)
                .map(Object::toString)
                .containsExactly("[111122223333]", "[false]");
    }

    @Test
    void rule_P11_a_deleted_principal_is_fixed_and_found_by_itself() {
        // Given
        var policy = policy(allow("{'AWS':'AROAEXAMPLEID12345678'}", ""));

        // Then
        assertThat(Publicness.of(policy).isPublic()).isEqualTo(Truth.FALSE);
        assertThat(StaleGrants.deletedPrincipals(policy))
                .containsExactly("statement 1 (Sid A): AWS=AROAEXAMPLEID12345678");
    }

    @ParameterizedTest
    @CsvSource({
        "'s3:GetObject', TRUE, FALSE",
        "'s3:Get*', TRUE, FALSE",
        "'s3:List*', TRUE, FALSE",
        "'S3:GETOBJECT', TRUE, FALSE",
        "'s3:PutObject', FALSE, TRUE",
        "'s3:Put*', FALSE, TRUE",
        "'s3:DeleteObject', FALSE, TRUE",
        "'s3:AbortMultipartUpload', FALSE, TRUE",
        "'s3:RestoreObject', FALSE, TRUE",
        "'s3:ReplicateObject', FALSE, TRUE",
        "'s3:*Object', TRUE, TRUE",
        "'s3:*', TRUE, TRUE",
        "'*', TRUE, TRUE",
        "'s3:GetSomethingNew', TRUE, FALSE",
        "'s3:FrobnicateObject', FALSE, TRUE",
        "'sns:Publish', FALSE, FALSE"
    })
    void rule_P12_reading_and_writing_are_told_apart(String action, Truth read, Truth write) {
        // When
        var judged = Publicness.of(policy(allow(ANYONE, "'" + action + "'", "")));

        // Then
        assertThat(judged.isPublic()).isEqualTo(Truth.TRUE);
        assertThat(judged.isPublicRead()).isEqualTo(read);
        assertThat(judged.isPublicWrite()).isEqualTo(write);
    }

    @Test
    void rule_P12_not_action_allows_all_that_it_does_not_name() {
        // Given
        String statement =
                "{'Effect':'Allow','Principal':'*','NotAction':['s3:Put*','s3:Delete*'],'Resource':'arn:aws:s3:::b/*'}";

        // Then
        assertThat(Publicness.of(policy(statement)).isPublicRead()).isEqualTo(Truth.TRUE);
        assertThat(Publicness.of(policy(statement)).isPublicWrite()).isEqualTo(Truth.TRUE);
        assertThat(Publicness.of(policy(statement.replace("['s3:Put*','s3:Delete*']", "'s3:*'")))
                        .isPublicWrite())
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void rule_P13_an_expired_date_is_still_public_and_noted() {
        // Given
        var policy = policy(allow(ANYONE, "{'DateLessThan':{'aws:EpochTime':'1609415999'}}"));

        // Then
        assertThat(Publicness.of(policy).isPublic()).isEqualTo(Truth.TRUE);
        assertThat(StaleGrants.expired(policy, Instant.parse("2021-01-01T00:00:00Z")))
                .hasSize(1);
        assertThat(StaleGrants.expired(policy, Instant.parse("2020-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"Statement\":null}",
                "\"text\"",
                "{\"Statement\":[],\"Statement\":[]}",
                "{\"Statement\":"
            })
    void rule_P14_what_cannot_be_read_is_indeterminate(String document) {
        assertThat(Policies.tryRead(document)).isInstanceOf(Collected.Unavailable.class);
    }

    @Test
    void rule_P14_a_statement_that_cannot_be_understood_leaves_the_answer_open() {
        assertThat(isPublic("{'Effect':'allow','Principal':'*','Action':'s3:*','Resource':'*'}"))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(isPublic("'statement'", allow("{'AWS':'111122223333'}", ""))).isEqualTo(Truth.UNKNOWN);
        assertThat(isPublic("'statement'", allow(ANYONE, ""))).isEqualTo(Truth.TRUE);
    }

    @Test
    void the_verdict_names_the_sid_the_principal_the_action_and_what_does_not_pin() {
        // When
        var judged = Publicness.of(policy(allow(ANYONE, "{'StringNotEquals':{'aws:SourceVpc':'vpc-1'}}")));

        // Then
        assertThat(judged.openings().getFirst().because())
                .containsExactly(
                        "statement 1 (Sid A): Allow Principal * Action s3:GetObject",
                        "statement 1 (Sid A): StringNotEquals aws:SourceVpc vpc-1 does not pin: the operator can be true for anybody (own judgement)");
    }
}
