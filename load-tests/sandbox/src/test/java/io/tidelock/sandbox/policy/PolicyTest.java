package io.tidelock.sandbox.policy;

import static io.tidelock.sandbox.policy.Policy.Decision.ALLOWED;
import static io.tidelock.sandbox.policy.Policy.Decision.DENIED;
import static io.tidelock.sandbox.policy.Policy.Decision.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Set<String> CALLER = Set.of("111111111111", "arn:aws:iam::111111111111:root");

    private static Policy.Decision decide(String statement, Map<String, String> context) {
        return PolicyReader.bucketPolicy("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}")
                .decide(new PolicyQuestion(CALLER, "s3:GetObject", "arn:aws:s3:::photos/a/b.jpg", context));
    }

    private static String statement(String effect, String principal, String action, String resource) {
        return "{\"Effect\":\"%s\",\"Principal\":%s,\"Action\":%s,\"Resource\":%s}"
                .formatted(effect, principal, action, resource);
    }

    private static String when(String effect, String condition) {
        var statement = statement(effect, "\"*\"", "\"*\"", "\"*\"");
        return statement.substring(0, statement.length() - 1) + ",\"Condition\":" + condition + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"*\" | \"s3:GetObject\" | \"arn:aws:s3:::photos/*\" | ALLOWED",
                "{\"AWS\":\"*\"} | \"s3:getobject\" | \"arn:aws:s3:::photos/a/?.jpg\" | ALLOWED",
                "{\"AWS\":\"111111111111\"} | [\"s3:Put*\",\"s3:Get*\"] | \"*\" | ALLOWED",
                "{\"AWS\":[\"222222222222\",\"arn:aws:iam::111111111111:root\"]} | \"s3:*\" | \"*\" | ALLOWED",
                "{\"AWS\":\"222222222222\"} | \"*\" | \"*\" | SILENT",
                "{\"AWS\":\"arn:aws:iam::*:root\"} | \"*\" | \"*\" | SILENT",
                "\"*\" | \"s3:GetObjectVersion\" | \"*\" | SILENT",
                "\"*\" | \"s3:GetObject\" | \"arn:aws:s3:::photos\" | SILENT",
                "\"*\" | \"s3:GetObject\" | \"arn:aws:s3:::photos/A/*\" | SILENT",
                "\"*\" | \"s3:GetObject\" | \"arn:aws:s3:::photos/${aws:username}/*\" | SILENT",
            })
    void an_allow_applies_where_all_of_it_fits(
            String principal, String action, String resource, Policy.Decision expected) {
        assertThat(decide(statement("Allow", principal, action, resource), Map.of()))
                .isEqualTo(expected);
    }

    @Test
    void an_explicit_deny_wins_wherever_it_stands() {
        var allow = statement("Allow", "\"*\"", "\"*\"", "\"*\"");
        var deny = statement("Deny", "{\"AWS\":\"111111111111\"}", "\"s3:Get*\"", "\"arn:aws:s3:::photos/a/*\"");
        assertThat(decide(allow + "," + deny, Map.of())).isEqualTo(DENIED);
        assertThat(decide(deny + "," + allow, Map.of())).isEqualTo(DENIED);
        assertThat(decide(statement("Deny", "\"*\"", "\"*\"", "\"arn:aws:s3:::photos/${x}\""), Map.of()))
                .isEqualTo(DENIED);
    }

    @Test
    void the_inverted_elements_mean_everything_else() {
        var notAction = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"NotAction\":\"%s\",\"Resource\":\"*\"}";
        assertThat(decide(notAction.formatted("s3:PutObject"), Map.of())).isEqualTo(ALLOWED);
        assertThat(decide(notAction.formatted("s3:Get*"), Map.of())).isEqualTo(SILENT);
        var notPrincipal =
                "{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\"%s\"},\"Action\":\"*\",\"NotResource\":\"x\"}";
        assertThat(decide(notPrincipal.formatted("111111111111"), Map.of())).isEqualTo(SILENT);
        assertThat(decide(notPrincipal.formatted("222222222222"), Map.of())).isEqualTo(DENIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Bool\":{\"aws:SecureTransport\":\"false\"}} | TRUE",
                "{\"Bool\":{\"aws:SecureTransport\":false}} | TRUE",
                "{\"Bool\":{\"aws:SecureTransport\":\"true\"}} | FALSE",
                "{\"StringEquals\":{\"s3:x-amz-acl\":[\"private\",\"bucket-owner-full-control\"]}} | TRUE",
                "{\"StringEquals\":{\"s3:X-AMZ-ACL\":\"private\"}} | FALSE",
                "{\"StringLike\":{\"s3:x-amz-acl\":\"bucket-owner-*\"}} | TRUE",
                "{\"StringEquals\":{\"s3:x-amz-acl\":\"bucket-owner-*\"}} | FALSE",
                "{\"StringNotEquals\":{\"s3:x-amz-acl\":\"private\"}} | TRUE",
                "{\"StringNotLike\":{\"s3:x-amz-acl\":\"bucket-*\"}} | FALSE",
                "{\"StringEquals\":{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}} | FALSE",
                "{\"StringNotEquals\":{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}} | TRUE",
                "{\"StringEqualsIfExists\":{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}} | TRUE",
                "{\"Null\":{\"s3:x-amz-server-side-encryption\":\"true\"}} | TRUE",
                "{\"Null\":{\"s3:x-amz-acl\":\"true\"}} | FALSE",
                "{\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::*:role/tide*\"}} | TRUE",
                "{\"StringEquals\":{\"aws:SourceAccount\":\"111111111111\"}} | FALSE",
                "{\"NumericLessThan\":{\"s3:max-keys\":\"10\"}} | UNKNOWN",
                "{\"StringEquals\":{\"aws:SourceVpce\":\"vpce-1\"}} | UNKNOWN",
                "{\"StringEquals\":{\"s3:prefix\":\"${aws:username}\"}} | UNKNOWN",
                "{\"StringEquals\":{\"aws:SourceVpce\":\"vpce-1\",\"s3:x-amz-acl\":\"private\"}} | FALSE",
            })
    void a_condition_that_is_not_known_stops_an_allow_and_not_a_deny(String condition, Truth truth) {
        var context = Map.of(
                "aws:securetransport", "false",
                "s3:x-amz-acl", "bucket-owner-full-control",
                "aws:principalarn", "arn:aws:iam::111111111111:role/tidelock");
        assertThat(decide(when("Allow", condition), context)).isEqualTo(truth == Truth.TRUE ? ALLOWED : SILENT);
        assertThat(decide(when("Deny", condition), context)).isEqualTo(truth == Truth.FALSE ? SILENT : DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"Statement\":[]}",
                "{\"Statement\":[1]}",
                "{\"Version\":\"2012-10-17\",\"Statements\":[]}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"me\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"You\":\"*\"},\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[],\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":{},\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"NotAction\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":[]}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}} more",
            })
    void a_policy_that_cannot_be_read_is_malformed(String json) {
        assertThatThrownBy(() -> PolicyReader.bucketPolicy(json))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_POLICY));
    }

    @Test
    void an_identity_policy_names_no_principal_and_has_a_bounded_length() {
        var named = "{\"Statement\":" + statement("Allow", "\"*\"", "\"*\"", "\"*\"") + "}";
        assertThatThrownBy(() -> PolicyReader.identityPolicy(named)).isInstanceOf(Refusal.class);
        var padded = named + " ".repeat(PolicyReader.POLICY_CHARS_MAX);
        assertThatThrownBy(() -> PolicyReader.bucketPolicy(padded)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    void wildcards_match_as_the_regular_expression_that_they_mean(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var pattern = letters(random, "ab*?");
            var text = letters(random, "ab");
            var regex = Pattern.compile(pattern.replace("*", ".*").replace("?", "."));
            assertThat(new Wildcard(pattern).matches(text))
                    .as("seed %d: %s on %s", seed, pattern, text)
                    .isEqualTo(regex.matcher(text).matches());
        }
    }

    private static String letters(Random random, String alphabet) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
