package io.tidelock.sandbox.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;

class StsServiceTest {
    private static final String SOURCE = "111111111111";
    private static final String DESTINATION = "222222222222";
    private static final String ROLE = "arn:aws:iam::" + DESTINATION + ":role/replicator";
    private static final String GUARDED = "arn:aws:iam::" + DESTINATION + ":role/guarded";
    private static final String CHAINED = "arn:aws:iam::" + DESTINATION + ":role/chained";

    private final World world = new World(() -> SdkSigned.NOW, 1, Set.of(SdkSigned.REGION));
    private final Sessions sessions = new Sessions(7);
    private final StsService sts = new StsService(world, sessions, policy -> {
        if (policy.startsWith("x")) {
            throw new Refusal(ErrorCode.MALFORMED_POLICY);
        }
    });
    private final Authenticator authenticator = new SigV4Authenticator(world, sessions);

    StsServiceTest() {
        world.add(Account.of(SOURCE, "source", new AccessKey("AKIASOURCE", "source-secret")));
        world.add(Account.of("333333333333", "stranger", new AccessKey("AKIASTRANGER", "stranger-secret")));
        world.add(Account.of(DESTINATION, "destination")
                .withRole(new Role(DESTINATION, "replicator", Set.of(SOURCE), ""))
                .withRole(new Role(DESTINATION, "guarded", Set.of("arn:aws:iam::" + SOURCE + ":root"), "the-id"))
                .withRole(new Role(DESTINATION, "chained", Set.of(ROLE), "")));
    }

    private QueryService.Answer ask(SdkSigned.Builder signer, Map<String, String> parameters) {
        var form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        var signed = signer.method(SdkHttpMethod.POST)
                .path("/")
                .service("sts")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(form)
                .sign();
        return sts.answer(signed.head(), signed.body()).orElseThrow();
    }

    private QueryService.Answer assume(SdkSigned.Builder signer, String role, String... more) {
        var parameters = new TreeMap<>(Map.of("Action", "AssumeRole", "RoleArn", role, "RoleSessionName", "tide"));
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        return ask(signer, parameters);
    }

    private static SdkSigned.Builder source() {
        return SdkSigned.by("AKIASOURCE", "source-secret");
    }

    private static String text(QueryService.Answer answer, String element) {
        var found = Pattern.compile("<" + element + ">(.*?)</" + element + ">").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    private static SdkSigned.Builder session(QueryService.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return SdkSigned.by(text(answer, "AccessKeyId"), text(answer, "SecretAccessKey"))
                .session(text(answer, "SessionToken"));
    }

    @Test
    void a_trusted_account_gets_keys_of_the_roles_account_for_an_hour() {
        // When
        var answer = assume(source(), ROLE);
        // Then
        assertThat(answer.contentType()).isEqualTo("text/xml");
        assertThat(Instant.parse(text(answer, "Expiration"))).isEqualTo(SdkSigned.NOW.plusSeconds(3_600));
        assertThat(text(answer, "Arn")).isEqualTo("arn:aws:sts::" + DESTINATION + ":assumed-role/replicator/tide");
        var signed = session(answer).sign();
        var caller = authenticator.authenticate(signed.head()).caller();
        assertThat(caller.accountId()).isEqualTo(DESTINATION);
        assertThat(caller.canonicalId())
                .isEqualTo(world.account(DESTINATION).orElseThrow().canonicalId());
        assertThat(caller.roleArn()).isEqualTo(ROLE);
        assertThat(caller.principalId()).isEqualTo("AWS:" + text(answer, "AssumedRoleId"));
        KnownKeys.refusal(
                ErrorCode.EXPIRED_TOKEN,
                () -> authenticator.authenticate(session(answer)
                        .signedAt(SdkSigned.NOW.plusSeconds(3_600))
                        .sign()
                        .at(SdkSigned.NOW.plusSeconds(3_600))
                        .head()));
    }

    @Test
    void two_sessions_have_different_keys() {
        assertThat(text(assume(source(), ROLE), "AccessKeyId"))
                .isNotEqualTo(text(assume(source(), ROLE), "AccessKeyId"));
    }

    @Test
    void a_stranger_and_an_unknown_role_are_denied_alike() {
        var stranger = assume(SdkSigned.by("AKIASTRANGER", "stranger-secret"), ROLE);
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(text(stranger, "Code")).isEqualTo("AccessDenied");
        assertThat(text(stranger, "Message"))
                .isEqualTo("User: arn:aws:iam::333333333333:root is not authorized to perform: sts:AssumeRole on"
                        + " resource: " + ROLE);
        var unknown = assume(source(), "arn:aws:iam::" + DESTINATION + ":role/nobody");
        assertThat(text(unknown, "Code")).isEqualTo("AccessDenied");
    }

    @Test
    void an_external_id_must_be_the_one_that_the_trust_asks_for() {
        assertThat(assume(source(), GUARDED).status()).isEqualTo(403);
        assertThat(assume(source(), GUARDED, "ExternalId", "another").status()).isEqualTo(403);
        assertThat(assume(source(), GUARDED, "ExternalId", "the-id").status()).isEqualTo(200);
    }

    @Test
    void a_role_may_trust_another_role() {
        assertThat(assume(source(), CHAINED).status()).isEqualTo(403);
        var chained = assume(session(assume(source(), ROLE)), CHAINED);
        assertThat(text(chained, "Arn")).endsWith("assumed-role/chained/tide");
    }

    @Test
    void get_caller_identity_tells_who_signed() {
        var root = ask(source(), Map.of("Action", "GetCallerIdentity", "Version", "2011-06-15"));
        assertThat(text(root, "Arn")).isEqualTo("arn:aws:iam::" + SOURCE + ":root");
        assertThat(text(root, "Account")).isEqualTo(SOURCE);
        var role = ask(session(assume(source(), ROLE)), Map.of("Action", "GetCallerIdentity"));
        assertThat(text(role, "Arn")).isEqualTo("arn:aws:sts::" + DESTINATION + ":assumed-role/replicator/tide");
        assertThat(text(role, "Account")).isEqualTo(DESTINATION);
    }

    @ParameterizedTest
    @CsvSource({
        "RoleSessionName, x, ValidationError",
        "RoleSessionName, has blank, ValidationError",
        "DurationSeconds, 899, ValidationError",
        "DurationSeconds, 43201, ValidationError",
        "DurationSeconds, soon, ValidationError",
        "RoleArn, nonsense, ValidationError",
        "RoleArn, '', ValidationError",
        "ExternalId, x, ValidationError",
        "TokenCode, 123456, ValidationError",
        "Policy, x, MalformedPolicyDocument",
        "Action, GetFederationToken, InvalidAction"
    })
    void what_is_wrong_with_a_request_is_told(String parameter, String value, String code) {
        var answer = assume(source(), ROLE, parameter, value);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer, "Code")).isEqualTo(code);
    }

    @Test
    void signatures_that_do_not_hold_are_told_in_the_words_of_sts() {
        assertThat(text(assume(SdkSigned.by("AKIASOURCE", "wrong"), ROLE), "Code"))
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(text(assume(SdkSigned.by("AKIANOBODY", "x"), ROLE), "Code")).isEqualTo("InvalidClientTokenId");
        assertThat(text(assume(source().region("us-west-2"), ROLE), "Code")).isEqualTo("SignatureDoesNotMatch");
        var form = "Action=AssumeRole".getBytes(StandardCharsets.UTF_8);
        var bare = source().method(SdkHttpMethod.POST).sign().withHeader("Authorization", null);
        assertThat(text(sts.answer(bare.head(), form).orElseThrow(), "Code")).isEqualTo("MissingAuthenticationToken");
    }

    @Test
    void a_form_without_an_action_is_none_of_its_business() {
        var head = source().sign().head();
        assertThat(sts.answer(head, "a=b".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(sts.answer(head, "%zz=%&&=".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void there_are_only_so_many_sessions_until_some_expire() {
        // Given
        var account = world.account(DESTINATION).orElseThrow();
        var role = account.role(ROLE).orElseThrow();
        for (int i = 0; i < Sessions.SESSIONS_MAX; i++) {
            assertThat(sessions.open(account, role, "s", Optional.empty(), SdkSigned.NOW, KnownKeys.EXPIRES))
                    .isPresent();
        }
        // When
        var throttled = assume(source(), ROLE);
        // Then
        assertThat(text(throttled, "Code")).isEqualTo("Throttling");
        assertThat(sessions.open(account, role, "s", Optional.empty(), KnownKeys.EXPIRES, SdkSigned.NOW))
                .isPresent();
    }
}
