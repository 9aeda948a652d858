package io.tidelock.sandbox.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;

class IamServiceTest {
    private static final String ACCOUNT = "111122223333";
    private static final String STRANGER = "444455556666";
    private static final String POLICY = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject*", "Resource": "*"}]}\
        """;

    private final World world = new World(() -> SdkSigned.NOW, 1, Set.of(SdkSigned.REGION));
    private final Sessions sessions = new Sessions(7);
    private final IamService iam = new IamService(world, sessions, new StsService(world, sessions, _ -> {}));

    IamServiceTest() {
        world.add(Account.of(STRANGER, "stranger", new AccessKey("AKIASTRANGER", "stranger-secret")));
        world.add(Account.of(ACCOUNT, "alice", new AccessKey("AKIAALICE", "alice-secret"))
                .withRole(new Role(ACCOUNT, "replicator", Set.of("s3.amazonaws.com", STRANGER), "the id")
                        .limitedTo(POLICY))
                .withRole(new Role(ACCOUNT, "free", Set.of(STRANGER), "")));
    }

    private static SdkSigned.Builder owner() {
        return SdkSigned.by("AKIAALICE", "alice-secret");
    }

    private QueryService.Answer ask(SdkSigned.Builder signer, String service, String region, String form) {
        var signed = signer.method(SdkHttpMethod.POST)
                .path("/")
                .service(service)
                .region(region)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form.getBytes(StandardCharsets.UTF_8))
                .sign();
        return iam.answer(signed.head(), signed.body()).orElseThrow();
    }

    private QueryService.Answer ask(SdkSigned.Builder signer, String form) {
        return ask(signer, "iam", "us-east-1", form + "&Version=2010-05-08");
    }

    private static String text(QueryService.Answer answer, String element) {
        var found = Pattern.compile("<" + element + ">(.*?)</" + element + ">").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return URLDecoder.decode(found.group(1), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", SdkSigned.REGION})
    void a_role_shows_whom_it_trusts(String region) {
        // When
        var answer = ask(owner(), "iam", region, "Action=GetRole&RoleName=replicator");
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(text(answer, "Arn")).isEqualTo("arn:aws:iam::111122223333:role/replicator");
        assertThat(text(answer, "AssumeRolePolicyDocument"))
                .contains("{\"Service\": [\"s3.amazonaws.com\"]}")
                .contains("{\"AWS\": [\"444455556666\"]}")
                .contains("\"sts:ExternalId\": \"the id\"");
    }

    @Test
    void a_limited_role_shows_its_policy_and_a_free_one_has_none() {
        // When
        var names = ask(owner(), "Action=ListRolePolicies&RoleName=replicator");
        var policy = ask(owner(), "Action=GetRolePolicy&RoleName=replicator&PolicyName=" + text(names, "member"));
        var none = ask(owner(), "Action=ListRolePolicies&RoleName=free");
        var attached = ask(owner(), "Action=ListAttachedRolePolicies&RoleName=replicator");
        // Then
        assertThat(text(names, "member")).isEqualTo(IamService.POLICY_NAME);
        assertThat(text(policy, "PolicyDocument")).isEqualTo(POLICY);
        assertThat(none.body()).contains("<PolicyNames></PolicyNames>");
        assertThat(attached.body()).contains("<AttachedPolicies></AttachedPolicies>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action=GetRole&RoleName=nobody",
                "Action=GetRolePolicy&RoleName=free&PolicyName=permissions",
                "Action=GetRolePolicy&RoleName=replicator&PolicyName=other",
                "Action=GetPolicy&PolicyArn=arn:aws:iam::111122223333:policy/none"
            })
    void what_is_not_there_is_no_such_entity(String form) {
        // When
        var answer = ask(owner(), form);
        // Then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(text(answer, "Code")).isEqualTo("NoSuchEntity");
    }

    @Test
    void roles_are_read_within_their_account_with_a_right_signature() {
        // Given
        var form = "Action=GetRole&RoleName=replicator";
        // When
        var stranger = ask(SdkSigned.by("AKIASTRANGER", "stranger-secret"), form);
        var forged = ask(SdkSigned.by("AKIAALICE", "wrong"), form);
        // Then
        assertThat(stranger.status()).isEqualTo(404);
        assertThat(forged.status()).isEqualTo(403);
        assertThat(text(forged, "Code")).isEqualTo("SignatureDoesNotMatch");
    }

    @Test
    void a_question_without_a_name_is_refused() {
        assertThat(text(ask(owner(), "Action=GetRole"), "Message")).contains("RoleName");
    }

    @Test
    void whatever_else_is_asked_goes_to_the_other_service() {
        // When
        var answer = ask(owner(), "sts", SdkSigned.REGION, "Action=GetCallerIdentity&Version=2011-06-15");
        // Then
        assertThat(text(answer, "Account")).isEqualTo(ACCOUNT);
    }

    @Test
    void attached_policies_are_listed_page_by_page_and_read_by_their_default_version() {
        // Given
        var role = new Role(ACCOUNT, "attached", Set.of(STRANGER), "")
                .attach("one", POLICY)
                .attach("two", POLICY)
                .attach("three", POLICY.replace("GetObject*", "PutObject"));
        world.add(world.account(ACCOUNT).orElseThrow().withRole(role));
        // When
        var first = ask(owner(), "Action=ListAttachedRolePolicies&RoleName=attached");
        var second = ask(owner(), "Action=ListAttachedRolePolicies&RoleName=attached&Marker=" + text(first, "Marker"));
        var arn = text(second, "PolicyArn");
        var version = text(ask(owner(), "Action=GetPolicy&PolicyArn=" + arn), "DefaultVersionId");
        var document = ask(owner(), "Action=GetPolicyVersion&PolicyArn=" + arn + "&VersionId=" + version);
        // Then
        assertThat(text(first, "IsTruncated")).isEqualTo("true");
        assertThat(text(second, "IsTruncated")).isEqualTo("false");
        assertThat(arn).isEqualTo("arn:aws:iam::111122223333:policy/three");
        assertThat(text(document, "Document")).contains("s3:PutObject");
    }
}
