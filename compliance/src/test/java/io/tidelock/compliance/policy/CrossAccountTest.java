package io.tidelock.compliance.policy;

import static io.tidelock.compliance.policy.Policies.allow;
import static io.tidelock.compliance.policy.Policies.deny;
import static io.tidelock.compliance.policy.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossAccountTest {
    private static final Home HOME = new Home("111122223333", "canonical-own");
    private static final Trusted TRUSTED = new Trusted(
            Set.of("444455556666"),
            Set.of("vpc-ours"),
            Set.of("vpce-ours"),
            Set.of("o-ours"),
            Set.of("198.51.100.0/24"),
            Set.of("canonical-friend"));

    private static CrossAccount judge(String... statements) {
        return CrossAccount.of(policy(statements), HOME, TRUSTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'AWS':'999900009999'}; 1",
                "{'AWS':'arn:aws:iam::999900009999:root'}; 1",
                "{'AWS':'arn:aws:iam::999900009999:user/u'}; 1",
                "{'AWS':['arn:aws:iam::111122223333:root','arn:aws:iam::999900009999:role/r']}; 1",
                "{'AWS':'arn:aws:sts::999900009999:assumed-role/r/s'}; 1",
                "{'CanonicalUser':'canonical-other'}; 1",
                "{'AWS':'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'}; 1",
                "{'Federated':'arn:aws:iam::999900009999:saml-provider/p'}; 1",
                "'*'; 1",
                "{'AWS':'*'}; 1",
                "{'AWS':'arn:aws:iam::*:root'}; 1",
                "{'Service':'*'}; 1",
                "{'AWS':'111122223333'}; 0",
                "{'AWS':'arn:aws:iam::111122223333:role/r'}; 0",
                "{'AWS':'arn:aws:iam::444455556666:user/u'}; 0",
                "{'CanonicalUser':'canonical-own'}; 0",
                "{'CanonicalUser':'canonical-friend'}; 0",
                "{'AWS':'AROAEXAMPLEID12345678'}; 0"
            })
    void rule_X1_foreign_is_who_is_neither_own_nor_trusted(String principal, int grants) {
        assertThat(judge(allow(principal, "")).grants()).hasSize(grants);
        assertThat(judge(allow(principal, "")).undecided()).isEmpty();
    }

    @Test
    void rule_X1_an_unknown_home_leaves_other_accounts_undecided() {
        // When
        var judged = CrossAccount.of(
                policy(allow("{'AWS':'999900009999'}", ""), allow("{'CanonicalUser':'c'}", "")),
                new Home(null, null),
                TRUSTED);

        // Then
        assertThat(judged.grants()).isEmpty();
        assertThat(judged.undecided()).hasSize(2);
        assertThat(CrossAccount.of(policy(allow("'*'", "")), new Home(null, null), TRUSTED)
                        .grants())
                .hasSize(1);
    }

    @Test
    void rule_X1_not_principal_is_everybody_else() {
        assertThat(judge(allow("{'AWS':'111122223333'}", "").replace("'Principal'", "'NotPrincipal'"))
                        .grants())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'StringEquals':{'aws:SourceVpc':'vpc-ours'}}; 0",
                "{'StringEquals':{'aws:SourceVpc':'vpc-theirs'}}; 1",
                "{'StringEquals':{'aws:SourceVpce':['vpce-ours','vpce-theirs']}}; 1",
                "{'StringEquals':{'aws:SourceVpce':'vpce-ours'}}; 0",
                "{'StringEquals':{'aws:PrincipalOrgID':'o-ours'}}; 0",
                "{'StringEquals':{'aws:PrincipalOrgID':'o-theirs'}}; 1",
                "{'StringEquals':{'aws:SourceAccount':'111122223333'}}; 0",
                "{'StringEquals':{'aws:SourceAccount':'999900009999'}}; 1",
                "{'StringEquals':{'s3:DataAccessPointAccount':'444455556666'}}; 0",
                "{'StringEquals':{'s3:DataAccessPointAccount':'999900009999'}}; 1",
                "{'ArnLike':{'s3:DataAccessPointArn':'arn:aws:s3:us-east-1:111122223333:accesspoint/*'}}; 0",
                "{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/*'}}; 0",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:sns:us-east-1:999900009999:t'}}; 1",
                "{'IpAddress':{'aws:SourceIp':'198.51.100.7'}}; 0",
                "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}; 1",
                "{'StringNotEquals':{'aws:PrincipalOrgID':'o-ours'}}; 1",
                "{'StringEqualsIfExists':{'aws:PrincipalOrgID':'o-ours'}}; 1",
                "{'ForAllValues:StringEquals':{'aws:PrincipalOrgID':'o-ours'}}; 1"
            })
    void rule_X2_everyone_pinned_counts_as_the_values_that_pin(String condition, int grants) {
        assertThat(judge(allow("'*'", condition)).grants()).hasSize(grants);
    }

    @Test
    void rule_X2_a_bucket_arn_has_no_account_and_leaves_it_open() {
        assertThat(judge(allow("'*'", "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::elsewhere'}}"))
                        .undecided())
                .hasSize(1);
    }

    @Test
    void rule_X3_denies_and_services_are_not_cross_account() {
        assertThat(judge(deny("{'AWS':'999900009999'}", "'s3:*'", "'*'", "")).grants())
                .isEmpty();
        assertThat(judge(allow("{'Service':'logging.s3.amazonaws.com'}", "")).grants())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{'StringEquals':{'aws:SourceAccount':'111122223333'}}; 0",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::source-*'}}; 0",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:cloudtrail:*:111122223333:trail/*'}}; 0",
                "{'StringEquals':{'aws:SourceOrgID':'o-ours'}}; 0",
                "{'ArnLike':{'aws:SourceArn':'*'}}; 1",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:s3:::*'}}; 1",
                "{'ArnLike':{'aws:SourceArn':'arn:aws:sns:us-east-1:*:t'}}; 1",
                "{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'}}; 1",
                "{'StringNotEquals':{'aws:SourceAccount':'111122223333'}}; 1",
                "{'StringEquals':{'s3:x-amz-acl':'bucket-owner-full-control'}}; 1",
                "{}; 1"
            })
    void rule_X3_a_service_without_source_account_or_arn_is_a_confused_deputy(String condition, int unguarded) {
        assertThat(ServiceGrants.of(policy(allow("{'Service':'s.amazonaws.com'}", "'s3:PutObject'", condition)))
                        .unguarded())
                .hasSize(unguarded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s3:DeleteBucketPolicy'",
                "'s3:PutBucketAcl'",
                "'s3:PutBucketPolicy'",
                "'s3:PutEncryptionConfiguration'",
                "'s3:PutObjectAcl'",
                "'s3:*'",
                "'s3:Put*'",
                "'*'",
                "'s3:putbucketacl'",
                "['s3:GetObject','s3:*Acl']"
            })
    void rule_X4_a_foreign_principal_with_an_admin_action_counts_whatever_the_condition(String action) {
        // Given
        String pinned = "{'StringEquals':{'aws:PrincipalOrgID':'o-ours'}}";

        // Then
        assertThat(CrossAccount.ofAdminActions(policy(allow("{'AWS':'999900009999'}", action, pinned)), HOME, TRUSTED)
                        .grants())
                .hasSize(1);
        assertThat(CrossAccount.ofAdminActions(policy(allow("'*'", action, pinned)), HOME, TRUSTED)
                        .grants())
                .hasSize(1);
        assertThat(CrossAccount.ofAdminActions(policy(allow("{'AWS':'111122223333'}", action, "")), HOME, TRUSTED)
                        .grants())
                .isEmpty();
    }

    @Test
    void rule_X4_other_actions_are_no_admin_actions() {
        assertThat(CrossAccount.ofAdminActions(
                                policy(allow(
                                        "{'AWS':'999900009999'}", "['s3:GetObject','s3:PutObject','s3:List*']", "")),
                                HOME,
                                TRUSTED)
                        .grants())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'StringMatches':{'aws:PrincipalOrgID':'o-ours'}}",
                "{'StringEquals':{'aws:NewKey':'x'}}",
                "{'StringEquals':'broken'}"
            })
    void rule_X6_an_operator_or_key_that_nobody_knows_does_not_silence_the_finding(String condition) {
        assertThat(judge(allow("{'AWS':'999900009999'}", condition)).grants()).hasSize(1);
    }
}
