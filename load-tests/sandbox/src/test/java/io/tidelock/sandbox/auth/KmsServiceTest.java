package io.tidelock.sandbox.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PolicyAuthorizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;

class KmsServiceTest {
    private static final String ACCOUNT = "111122223333";
    private static final String STRANGER = "444455556666";
    private static final String ID = "11111111-aaaa-4aaa-8aaa-111111111111";
    private static final KmsKey KEY = KmsKey.enabled(SdkSigned.REGION, ACCOUNT, ID);
    private static final String GET = "TrentService.GetKeyPolicy";

    private final World world = new World(() -> SdkSigned.NOW, 1, Set.of(SdkSigned.REGION));
    private final KmsService kms =
            new KmsService(world, new Sessions(7), new PolicyAuthorizer(world), QueryService.NONE);

    KmsServiceTest() {
        world.add(Account.of(STRANGER, "stranger", new AccessKey("AKIASTRANGER", "stranger-secret")));
        world.add(Account.of(ACCOUNT, "alice", new AccessKey("AKIAALICE", "alice-secret")));
        world.kmsKeys().put(KEY);
    }

    private static SdkSigned.Builder owner() {
        return SdkSigned.by("AKIAALICE", "alice-secret");
    }

    private JsonNode ask(SdkSigned.Builder signer, String target, String body, int status) throws IOException {
        var signed = signer.method(SdkHttpMethod.POST)
                .path("/")
                .service("kms")
                .region(SdkSigned.REGION)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .sign();
        var answer = kms.answer(signed.head(), signed.body()).orElseThrow();
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String key(String id) {
        return "{\"KeyId\": \"" + id + "\", \"PolicyName\": \"default\"}";
    }

    @Test
    void a_key_has_the_default_policy_until_it_is_given_one() throws IOException {
        // When
        var before = ask(owner(), GET, key(KEY.arn()), 200).path("Policy").asText();
        world.kmsKeys().setPolicy(KEY.arn(), policy(ACCOUNT, "kms:Get*"));
        var after = ask(owner(), GET, key(ID), 200).path("Policy").asText();

        // Then
        assertThat(before).contains("key-default-1", "arn:aws:iam::111122223333:root", "kms:*");
        assertThat(after).isEqualTo(policy(ACCOUNT, "kms:Get*"));
    }

    @Test
    void who_the_policy_does_not_let_read_it_is_denied() throws IOException {
        // Given
        world.kmsKeys().setPolicy(KEY.arn(), policy(ACCOUNT, "kms:Decrypt"));

        // Then
        assertThat(code(owner(), GET, key(ID))).isEqualTo("AccessDeniedException");
        assertThat(code(SdkSigned.by("AKIASTRANGER", "stranger-secret"), GET, key(KEY.arn())))
                .isEqualTo("AccessDeniedException");
    }

    @Test
    void a_key_that_is_not_there_or_not_in_the_region_is_not_found() throws IOException {
        // Given
        var elsewhere = KmsKey.enabled("us-east-1", ACCOUNT, ID);
        world.kmsKeys().put(elsewhere);

        // Then
        assertThat(code(owner(), GET, key("nothing"))).isEqualTo("NotFoundException");
        assertThat(code(owner(), GET, key(elsewhere.arn()))).isEqualTo("NotFoundException");
        assertThat(code(owner(), GET, "{\"KeyId\": \"" + ID + "\", \"PolicyName\": \"other\"}"))
                .isEqualTo("NotFoundException");
    }

    @Test
    void what_cannot_be_read_or_believed_is_refused() throws IOException {
        assertThat(code(owner(), GET, "{")).isEqualTo("SerializationException");
        assertThat(code(owner(), "TrentService.PutKeyPolicy", key(ID))).isEqualTo("UnknownOperationException");
        assertThat(code(SdkSigned.by("AKIAALICE", "wrong"), GET, key(ID))).isEqualTo("SignatureDoesNotMatchException");
    }

    private String code(SdkSigned.Builder signer, String target, String body) throws IOException {
        return ask(signer, target, body, 400).path("__type").asText();
    }

    private static String policy(String account, String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \""
                + account + "\"}, \"Action\": \"" + action + "\", \"Resource\": \"*\"}]}";
    }
}
