package io.tidelock.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidelock.compliance.document.Collected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.policybuilder.iam.IamPolicyReader;

class PolicyReaderTest {
    /** Policies that the provider's own reader accepts too, with single quotes. */
    private static final List<String> WELL_FORMED = List.of(
            "{'Version':'2012-10-17','Statement':{'Sid':'one','Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}}",
            "{'Version':'2012-10-17','Id':'x','Statement':[{'Effect':'Deny','Principal':{'AWS':['111122223333','arn:aws:iam::444455556666:root']},'NotAction':['s3:Get*','s3:List*'],'NotResource':'arn:aws:s3:::b','Condition':{'Bool':{'aws:SecureTransport':false},'NumericLessThan':{'s3:TlsVersion':1.2}}}]}",
            "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','NotPrincipal':{'CanonicalUser':'abc'},'Action':'*','Resource':['*']},{'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Action':'s3:PutObject','Resource':'arn:aws:s3:::b/*','Condition':{'StringEquals':{'aws:SourceAccount':['1','2']},'ArnLike':{'aws:SourceArn':'arn:aws:s3:::x'}}}]}");

    @Test
    void what_the_providers_reader_reads_is_read_the_same_way() {
        for (String text : WELL_FORMED) {
            // Given
            String document = text.replace('\'', '"');
            var theirs = IamPolicyReader.create().read(document);

            // When
            Policy ours = Policies.read(document, PolicyKind.RESOURCE);

            // Then
            assertThat(ours.defects()).isEmpty();
            assertThat(ours.statements()).hasSameSizeAs(theirs.statements());
            for (int i = 0; i < ours.statements().size(); i++) {
                var mine = ours.statements().get(i);
                var other = theirs.statements().get(i);
                assertThat(mine.sid()).isEqualTo(other.sid());
                assertThat(mine.isAllow() ? "Allow" : "Deny")
                        .isEqualTo(other.effect().value());
                assertThat(mine.principals().values())
                        .extracting(Principal::value)
                        .containsExactlyElementsOf(
                                Stream.concat(other.principals().stream(), other.notPrincipals().stream())
                                        .map(principal -> principal.id())
                                        .toList());
                assertThat(mine.actions().patterns())
                        .containsExactlyElementsOf(Stream.concat(other.actions().stream(), other.notActions().stream())
                                .map(action -> action.value())
                                .toList());
                assertThat(mine.resources().patterns())
                        .containsExactlyElementsOf(
                                Stream.concat(other.resources().stream(), other.notResources().stream())
                                        .map(resource -> resource.value())
                                        .toList());
                assertThat(mine.conditions().stream()
                                .flatMap(condition -> condition.values().stream()
                                        .map(value ->
                                                condition.operator().text() + " " + condition.key() + " " + value)))
                        .containsExactlyElementsOf(other.conditions().stream()
                                .map(condition -> condition.operator().value() + " "
                                        + condition.key().value() + " " + condition.value())
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Effect':'Allow','Principal':'*','Action':'s3:*'}",
                "{'Effect':'Allow','Principal':'*','Resource':'*'}",
                "{'Principal':'*','Action':'s3:*','Resource':'*'}",
                "{'Effect':'ALLOW','Principal':'*','Action':'s3:*','Resource':'*'}",
                "{'Effect':'Allow','Principal':'*','NotPrincipal':'*','Action':'s3:*','Resource':'*'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','NotAction':'s3:*','Resource':'*'}",
                "{'Effect':'Allow','Principal':'*','Action':[],'Resource':'*'}",
                "{'Effect':'Allow','Principal':'*','Action':{'s3':'*'},'Resource':'*'}",
                "{'Effect':'Allow','Principal':'*','Action':null,'Resource':'*'}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*','Condition':[]}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Bool':true}}",
                "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*','Condition':{'Bool':{'k':{'v':1}}}}",
                "{'Effect':'Allow','Principal':[[]],'Action':'s3:*','Resource':'*'}",
                "7"
            })
    void a_statement_of_the_wrong_shape_is_a_defect(String statement) {
        assertThat(Policies.policy(statement).defects()).isNotEmpty();
    }

    @Test
    void unknown_elements_operators_and_kinds_are_noted_and_the_statement_kept() {
        // Given
        Policy policy = Policies.policy(
                "{'Effect':'Allow','Principal':{'Robot':'r2'},'Action':'s3:*','Resource':'*','Unless':1,'Condition':{'StringMatches':{'k':'v'}}}");

        // Then
        assertThat(policy.notes().toString())
                .contains("unknown element Unless")
                .contains("unknown kind of principal Robot")
                .contains("unknown condition operator StringMatches");
        assertThat(policy.statements().getFirst().isUnderstood()).isFalse();
        assertThat(policy.statements().getFirst().raw().get("Unless").asInt()).isEqualTo(1);
    }

    @Test
    void a_policy_longer_than_s3_accepts_is_a_note_and_no_refusal() {
        // Given
        var policy = Policies.policy(
                Policies.allow("'*'", "").repeat(1) + ("," + Policies.allow("{'AWS':'111122223333'}", "")).repeat(200));

        // Then
        assertThat(policy.statements()).hasSize(201);
        assertThat(policy.notes().toString()).contains("longer than the 20480 bytes");
    }

    @DictionaryFile(resourcePath = "policy.dict")
    @FuzzTest(maxDuration = "10m")
    void no_bytes_make_the_reader_or_a_rule_throw(byte[] bytes) {
        var text = new TextNode(new String(bytes, StandardCharsets.UTF_8));
        for (PolicyKind kind : PolicyKind.values()) {
            if (PolicyReader.read(text, kind) instanceof Collected.Known<Policy> known) {
                judge(known.value());
            }
        }
    }

    private static void judge(Policy policy) {
        Publicness.of(policy);
        SecureTransport.of(policy, Policies.BUCKET);
        CrossAccount.of(policy, new Home("111122223333", "c"), Trusted.NOBODY);
        ServiceGrants.of(policy);
        Lockout.in(policy, Policies.BUCKET);
        RequiredEncryption.refusesBare(policy, Policies.BUCKET);
        PresignedUrls.refusesOlderThan(policy, Policies.BUCKET, 1);
    }
}
