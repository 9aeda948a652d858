package io.tidelock.sandbox.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Role;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.sts.StsClient;

class IamServiceTest {
    private static final String ACCOUNT = "111122223333";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject*", "Resource": "*"}]}""";

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.builder()
                .region("paris", "eu-west-3")
                .account(ACCOUNT, "alice")
                .account("444455556666", "bob")
                .role(new Role(ACCOUNT, "replicator", Set.of("s3.amazonaws.com", "444455556666"), "the id")
                        .limitedTo(POLICY))
                .role(new Role(ACCOUNT, "free", Set.of("444455556666"), ""))
                .bucket("photos", "paris", ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED)
                .start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static StaticCredentialsProvider keysOf(String account, String secret) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(sandbox.keyOf(account).id(), secret));
    }

    private static IamClient iam(Region region, StaticCredentialsProvider keys) {
        return IamClient.builder()
                .endpointOverride(sandbox.region("paris").endpoint())
                .region(region)
                .credentialsProvider(keys)
                .build();
    }

    private static StaticCredentialsProvider owner() {
        return keysOf(ACCOUNT, sandbox.keyOf(ACCOUNT).secret());
    }

    private static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "eu-west-3"})
    void a_role_shows_whom_it_trusts(String region) {
        try (var iam = iam(Region.of(region), owner())) {
            // When
            var role = iam.getRole(request -> request.roleName("replicator")).role();
            // Then
            assertThat(role.arn()).isEqualTo("arn:aws:iam::111122223333:role/replicator");
            assertThat(decoded(role.assumeRolePolicyDocument()))
                    .contains("{\"Service\": [\"s3.amazonaws.com\"]}")
                    .contains("{\"AWS\": [\"444455556666\"]}")
                    .contains("\"sts:ExternalId\": \"the id\"");
        }
    }

    @Test
    void a_limited_role_shows_its_policy_and_a_free_one_has_none() {
        try (var iam = iam(Region.US_EAST_1, owner())) {
            // When
            var names = iam.listRolePolicies(request -> request.roleName("replicator"))
                    .policyNames();
            var policy =
                    iam.getRolePolicy(request -> request.roleName("replicator").policyName(names.getFirst()));
            // Then
            assertThat(names).containsExactly(IamService.POLICY_NAME);
            assertThat(decoded(policy.policyDocument())).isEqualTo(POLICY);
            assertThat(iam.listRolePolicies(request -> request.roleName("free")).policyNames())
                    .isEmpty();
            assertThat(iam.listAttachedRolePolicies(request -> request.roleName("replicator"))
                            .attachedPolicies())
                    .isEmpty();
        }
    }

    @Test
    void what_is_not_there_is_no_such_entity() {
        try (var iam = iam(Region.US_EAST_1, owner())) {
            assertThatThrownBy(() -> iam.getRole(request -> request.roleName("nobody")))
                    .isInstanceOf(NoSuchEntityException.class);
            assertThatThrownBy(() -> iam.getRolePolicy(
                            request -> request.roleName("free").policyName(IamService.POLICY_NAME)))
                    .isInstanceOf(NoSuchEntityException.class);
        }
    }

    @Test
    void roles_are_read_within_their_account_with_a_right_signature() {
        // Given
        var bob = keysOf("444455556666", sandbox.keyOf("444455556666").secret());
        try (var stranger = iam(Region.US_EAST_1, bob);
                var forger = iam(Region.US_EAST_1, keysOf(ACCOUNT, "wrong"))) {
            // Then
            assertThatThrownBy(() -> stranger.getRole(request -> request.roleName("replicator")))
                    .isInstanceOf(NoSuchEntityException.class);
            assertThatThrownBy(() -> forger.getRole(request -> request.roleName("replicator")))
                    .isInstanceOfSatisfying(
                            IamException.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void sts_answers_at_the_same_address() {
        try (var sts = StsClient.builder()
                .endpointOverride(sandbox.region("paris").endpoint())
                .region(Region.of("eu-west-3"))
                .credentialsProvider(owner())
                .build()) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo(ACCOUNT);
        }
    }
}
