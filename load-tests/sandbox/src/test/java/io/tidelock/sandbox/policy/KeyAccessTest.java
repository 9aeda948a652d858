package io.tidelock.sandbox.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.auth.KeyRequest;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may use a key: its policy comes first, and the policies of identities only where it leaves it to them. */
class KeyAccessTest {
    private static final String OWNER = "111122223333";
    private static final String OTHER = "444455556666";
    private static final KmsKey KEY = KmsKey.enabled("eu-west-3", OWNER, "11111111-aaaa-4aaa-8aaa-111111111111");

    private final World world = new World(() -> Instant.EPOCH, 1, Set.of("eu-west-3"));
    private final PolicyAuthorizer authorizer = new PolicyAuthorizer(world);

    KeyAccessTest() {
        for (var id : Set.of(OWNER, OTHER)) {
            world.add(Account.of(id, "account")
                    .withRole(role(id, "may", "{\"Effect\": \"Allow\", \"Action\": \"kms:*\", \"Resource\": \"*\"}"))
                    .withRole(role(id, "silent", "{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}"))
                    .withRole(
                            role(id, "barred", "{\"Effect\": \"Deny\", \"Action\": \"kms:*\", \"Resource\": \"*\"}")));
        }
    }

    private static Role role(String account, String name, String statement) {
        return new Role(account, name, Set.of(), "")
                .limitedTo("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}");
    }

    @ParameterizedTest(name = "{0}/{1}, named as {2}: {3}")
    @CsvSource({
        "111122223333, may,    111122223333:root,        true",
        "111122223333, silent, 111122223333:root,        false",
        "111122223333, silent, 111122223333:role/silent, true",
        "111122223333, barred, 111122223333:role/barred, false",
        "111122223333, may,    111122223333:role/silent, false",
        "444455556666, may,    111122223333:root,        false",
        "444455556666, may,    444455556666:root,        true",
        "444455556666, may,    444455556666:role/may,    true",
        "444455556666, silent, 444455556666:role/silent, false"
    })
    void the_keys_policy_and_the_roles_own_decide_together(String account, String role, String named, boolean allowed) {
        // Given
        var session = new Caller(
                account, "", "arn:aws:sts::" + account + ":assumed-role/" + role + "/s", "", "ASIA", Optional.empty());
        var policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s"},
             "Action": "kms:Decrypt", "Resource": "*",
             "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-west-3.amazonaws.com"}}}]}\
            """.formatted(named);
        var throughS3 = Map.of("kms:viaservice", "s3.eu-west-3.amazonaws.com");

        // Then
        assertThat(authorizer.allows(new KeyRequest(session, "kms:Decrypt", KEY, policy, throughS3)))
                .isEqualTo(allowed);
        assertThat(authorizer.allows(new KeyRequest(session, "kms:Decrypt", KEY, policy, Map.of())))
                .isFalse();
        assertThat(authorizer.allows(new KeyRequest(session, "kms:Encrypt", KEY, policy, throughS3)))
                .isFalse();
    }
}
