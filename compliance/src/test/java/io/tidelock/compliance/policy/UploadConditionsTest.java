package io.tidelock.compliance.policy;

import static io.tidelock.compliance.policy.Policies.BUCKET;
import static io.tidelock.compliance.policy.Policies.allow;
import static io.tidelock.compliance.policy.Policies.deny;
import static io.tidelock.compliance.policy.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadConditionsTest {
    private static final String OBJECTS = "'arn:aws:s3:::b/*'";
    private static final String SSE = "s3:x-amz-server-side-encryption";

    private static Policy denyPut(String condition) {
        return policy(deny("'*'", "'s3:PutObject'", OBJECTS, condition));
    }

    @Test
    void rule_E3_a_null_check_requires_the_header() {
        assertThat(RequiredEncryption.refusesBare(denyPut("{'Null':{'" + SSE + "':'true'}}"), BUCKET)
                        .refused())
                .isEqualTo(Truth.TRUE);
        assertThat(RequiredEncryption.refusesBare(denyPut("{'Null':{'" + SSE + "':false}}"), BUCKET)
                        .refused())
                .isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'AWS':'arn:aws:iam::111122223333:user/u'}|'s3:PutObject'|'arn:aws:s3:::b/*'",
                "'*'|'s3:GetObject'|'arn:aws:s3:::b/*'",
                "'*'|'s3:PutObject'|'arn:aws:s3:::b/prefix/*'",
                "'*'|'s3:PutObject'|'arn:aws:s3:::other/*'",
                "'*'|'s3:PutObject'|'arn:aws:s3:::b'"
            })
    void rule_E3_one_user_another_action_a_prefix_or_another_bucket_do_not_require_it(String scope) {
        // Given
        String[] parts = scope.split("\\|");

        // Then
        assertThat(RequiredEncryption.refusesBare(
                                policy(deny(parts[0], parts[1], parts[2], "{'Null':{'" + SSE + "':'true'}}")), BUCKET)
                        .refused())
                .isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'StringNotEquals':{'%s':'AES256'}}; TRUE; FALSE; TRUE",
                "{'StringNotEquals':{'%s':'aws:kms'}}; FALSE; TRUE; TRUE",
                "{'StringNotEquals':{'%s':['aws:kms','aws:kms:dsse']}}; FALSE; TRUE; TRUE",
                "{'StringNotEquals':{'%s':['AES256','aws:kms']}}; FALSE; FALSE; TRUE",
                "{'StringNotEqualsIfExists':{'%s':'aws:kms'}}; FALSE; TRUE; FALSE",
                "{'StringNotEqualsIfExists':{'%s':'AES256'}}; TRUE; FALSE; FALSE",
                "{'StringEquals':{'%s':'AES256'}}; FALSE; TRUE; FALSE",
                "{'Null':{'%s-aws-kms-key-id':'true'}}; FALSE; TRUE; TRUE",
                "{'StringNotEquals':{'%s':'AES256'},'Bool':{'aws:SecureTransport':'true'}}; FALSE; FALSE; FALSE"
            })
    void rule_E4_a_type_is_required_and_the_bare_upload_told_apart(String condition, Truth s3, Truth kms, Truth bare) {
        // Given
        Policy policy = denyPut(condition.formatted(SSE));

        // Then
        assertThat(RequiredEncryption.refusesOtherThanSseS3(policy, BUCKET).refused())
                .isEqualTo(s3);
        assertThat(RequiredEncryption.refusesOtherThanSseKms(policy, BUCKET).refused())
                .isEqualTo(kms);
        assertThat(RequiredEncryption.refusesBare(policy, BUCKET).refused()).isEqualTo(bare);
    }

    @Test
    void rule_E4_two_denies_may_require_header_and_type_together() {
        // Given
        Policy policy = policy(
                deny("'*'", "'s3:PutObject'", OBJECTS, "{'StringNotEqualsIfExists':{'" + SSE + "':'aws:kms'}}"),
                deny("'*'", "'s3:Put*'", "'*'", "{'Null':{'" + SSE + "':'true'}}"));

        // Then
        assertThat(RequiredEncryption.refusesBare(policy, BUCKET).refused()).isEqualTo(Truth.TRUE);
        assertThat(RequiredEncryption.refusesOtherThanSseKms(policy, BUCKET).refused())
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void rule_E5_a_key_is_required() {
        // Given
        String named = "{'StringNotEqualsIfExists':{'" + SSE + "-aws-kms-key-id':'arn:aws:kms:r:1:key/k'}}";

        // Then
        assertThat(RequiredEncryption.refusesOtherKeys(denyPut(named), BUCKET).refused())
                .isEqualTo(Truth.TRUE);
        assertThat(RequiredEncryption.refusesOtherKeys(
                                denyPut("{'StringNotLike':{'" + SSE + "-aws-kms-key-id':'*'}}"), BUCKET)
                        .refused())
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void rule_E6_a_customers_key_is_refused_or_required() {
        // Given
        String key = SSE + "-customer-algorithm";

        // Then
        assertThat(RequiredEncryption.refusesSseC(denyPut("{'Null':{'" + key + "':'false'}}"), BUCKET)
                        .refused())
                .isEqualTo(Truth.TRUE);
        assertThat(RequiredEncryption.refusesSseC(denyPut("{'Null':{'" + key + "':'true'}}"), BUCKET)
                        .refused())
                .isEqualTo(Truth.FALSE);
        assertThat(RequiredEncryption.refusesOtherThanSseC(denyPut("{'Null':{'" + key + "':'true'}}"), BUCKET)
                        .refused())
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void rule_E7_an_allow_with_a_negated_condition_is_the_inverted_mistake() {
        // Given
        Policy policy = policy(allow("'*'", "'s3:PutObject'", "{'StringNotEquals':{'" + SSE + "':'AES256'}}"));

        // Then
        assertThat(RequiredEncryption.inverted(policy)).hasSize(1);
        assertThat(RequiredEncryption.refusesBare(policy, BUCKET).refused()).isEqualTo(Truth.FALSE);
        assertThat(RequiredEncryption.inverted(denyPut("{'StringNotEquals':{'" + SSE + "':'AES256'}}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'NumericGreaterThan':{'s3:signatureAge':600000}}; 'arn:aws:s3:::b/*'; '*'; TRUE",
                "{'NumericGreaterThan':{'s3:signatureAge':'600000'}}; '*'; {'AWS':'*'}; TRUE",
                "{'NumericGreaterThanEquals':{'s3:signatureage':'600000'}}; 'arn:aws:s3:::b*'; '*'; TRUE",
                "{'NumericGreaterThan':{'s3:signatureAge':'600001'}}; 'arn:aws:s3:::b/*'; '*'; FALSE",
                "{'NumericGreaterThan':{'s3:signatureAge':'ten minutes'}}; 'arn:aws:s3:::b/*'; '*'; FALSE",
                "{'NumericLessThan':{'s3:signatureAge':'600000'}}; 'arn:aws:s3:::b/*'; '*'; FALSE",
                "{'NumericGreaterThan':{'s3:signatureAge':'600000'}}; 'arn:aws:s3:::b/x/*'; '*'; FALSE",
                "{'NumericGreaterThan':{'s3:signatureAge':'600000'}}; 'arn:aws:s3:::b/*'; {'AWS':'111122223333'}; FALSE"
            })
    void rule_S1_the_age_of_a_signature_is_bounded_for_everyone_on_every_object(
            String condition, String resource, String principal, Truth expected) {
        assertThat(PresignedUrls.refusesOlderThan(
                                policy(deny(principal, "'s3:*'", resource, condition)), BUCKET, 600_000)
                        .refused())
                .isEqualTo(expected);
    }

    @Test
    void rule_S1_an_allow_with_a_bound_restricts_nobody_else() {
        assertThat(PresignedUrls.refusesOlderThan(
                                policy(allow("'*'", "'s3:*'", "{'NumericLessThan':{'s3:signatureAge':'600000'}}")),
                                BUCKET,
                                600_000)
                        .refused())
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void rule_S2_the_condition_can_only_shorten_the_seven_days() {
        assertThat(PresignedUrls.refusesOlderThan(
                                policy(deny(
                                        "'*'",
                                        "'s3:*'",
                                        OBJECTS,
                                        "{'NumericGreaterThan':{'s3:signatureAge':'604800000'}}")),
                                BUCKET,
                                PresignedUrls.LIFETIME_MAX_MS - 1)
                        .refused())
                .isEqualTo(Truth.FALSE);
    }

    @Test
    void rule_S3_refusing_query_string_authentication_refuses_presigned_urls_altogether() {
        assertThat(PresignedUrls.refusesOlderThan(
                                policy(deny(
                                        "'*'",
                                        "'s3:*'",
                                        OBJECTS,
                                        "{'StringEquals':{'s3:authType':'REST-QUERY-STRING'}}")),
                                BUCKET,
                                1000)
                        .refused())
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void rule_S4_the_documented_example_binds_one_account_only_and_does_not_pass() {
        assertThat(PresignedUrls.refusesOlderThan(
                                policy(deny(
                                        "{'AWS':'arn:aws:iam::111122223333:root'}",
                                        "'s3:*'",
                                        OBJECTS,
                                        "{'NumericGreaterThan':{'s3:signatureAge':600000}}")),
                                BUCKET,
                                600_000)
                        .refused())
                .isEqualTo(Truth.FALSE);
    }
}
