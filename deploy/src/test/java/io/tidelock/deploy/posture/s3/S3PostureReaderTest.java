package io.tidelock.deploy.posture.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.document.Collected.Known;
import io.tidelock.compliance.document.Collected.NotConfigured;
import io.tidelock.compliance.document.Collected.Unavailable;
import io.tidelock.replicator.store.s3.S3Credentials;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.Vendor;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.PublicAccessBlock;
import io.tidelock.sandbox.model.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts, roles and keys over the wire; buckets are tested with the command that exports them. */
class S3PostureReaderTest {
    private static Sandbox sandbox;
    private static S3PostureReader reader;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.twoRegions();
        var frankfurt = sandbox.region(TwoRegions.FRANKFURT);
        var key = sandbox.keyOf(TwoRegions.DESTINATION_ACCOUNT);
        reader = new S3PostureReader(S3Settings.of(
                TwoRegions.FRANKFURT,
                Vendor.GENERIC,
                frankfurt.region(),
                frankfurt.endpoint(),
                new S3Credentials.Static(key.id(), key.secret())));
    }

    @AfterAll
    static void stop() {
        reader.close();
        sandbox.close();
    }

    @AfterEach
    void clear() {
        sandbox.region(TwoRegions.FRANKFURT).faults().clear();
        sandbox.world().setPublicAccessBlock(TwoRegions.DESTINATION_ACCOUNT, Optional.empty());
    }

    private static Collected<JsonNode> accountBlock() {
        return reader.accountBlock(TwoRegions.DESTINATION_ACCOUNT);
    }

    private static JsonNode known(Collected<JsonNode> document) {
        assertThat(document).isInstanceOf(Known.class);
        return ((Known<JsonNode>) document).value();
    }

    @Test
    void the_public_access_block_of_an_account_is_read_flag_by_flag() {
        // Given
        sandbox.world()
                .setPublicAccessBlock(
                        TwoRegions.DESTINATION_ACCOUNT, Optional.of(new PublicAccessBlock(true, false, true, false)));

        // When
        var block = known(accountBlock());

        // Then
        assertThat(block.path("BlockPublicAcls").asBoolean()).isTrue();
        assertThat(block.path("IgnorePublicAcls").asBoolean(true)).isFalse();
        assertThat(block.path("BlockPublicPolicy").asBoolean()).isTrue();
        assertThat(block.path("RestrictPublicBuckets").asBoolean(true)).isFalse();
    }

    @Test
    void an_account_without_a_block_is_known_to_have_none_and_one_that_may_not_be_read_is_not() {
        assertThat(accountBlock()).isInstanceOf(NotConfigured.class);
        sandbox.region(TwoRegions.FRANKFURT).deny("", "GetAccountPublicAccessBlock");
        assertThat(accountBlock()).isEqualTo(new Unavailable<JsonNode>("AccessDenied"));
    }

    @Test
    void a_role_is_read_with_its_trust_and_its_permissions() {
        // When
        var trust = known(reader.trust(TwoRegions.WRITER_ROLE_ARN));
        var permissions = known(reader.permissions(TwoRegions.WRITER_ROLE_ARN));

        // Then
        assertThat(trust.at("/Statement/0/Action").toString()).contains("sts:AssumeRole");
        assertThat(trust.toString()).contains(TwoRegions.EXTERNAL_ID, TwoRegions.SOURCE_ACCOUNT);
        assertThat(permissions.at("/Statement/0/Effect").asText()).isEqualTo("Allow");
    }

    @Test
    void a_role_that_does_not_exist_is_unavailable_by_its_code() {
        var missing = TwoRegions.WRITER_ROLE_ARN + "-missing";
        assertThat(reader.trust(missing)).isEqualTo(new Unavailable<JsonNode>("NoSuchEntity"));
        assertThat(reader.permissions(missing)).isEqualTo(new Unavailable<JsonNode>("NoSuchEntity"));
    }

    @Test
    void attached_managed_policies_count_with_the_roles_own_over_all_pages() {
        // Given
        var role = new Role(TwoRegions.DESTINATION_ACCOUNT, "attached", Set.of(TwoRegions.SOURCE_ACCOUNT), "")
                .limitedTo(policy("\"Action\": \"s3:Inline\""));
        for (var number = 1; number <= 5; number++) {
            role = role.attach("managed-" + number, policy("\"Action\": \"s3:Managed" + number + "\""));
        }
        add(role);

        // When
        var permissions = known(reader.permissions(role.arn()));

        // Then
        assertThat(permissions
                        .path("Statement")
                        .valueStream()
                        .map(one -> one.path("Action").asText()))
                .containsExactly(
                        "s3:Inline", "s3:Managed1", "s3:Managed2", "s3:Managed3", "s3:Managed4", "s3:Managed5");
    }

    @Test
    void a_role_with_nothing_but_an_attached_policy_is_read() {
        // Given
        var role = new Role(TwoRegions.DESTINATION_ACCOUNT, "only-attached", Set.of(), "")
                .attach("wide", policy("\"NotAction\": \"iam:*\""));
        add(role);

        // Then
        assertThat(known(reader.permissions(role.arn()))
                        .at("/Statement/0/NotAction")
                        .asText())
                .isEqualTo("iam:*");
    }

    @Test
    void an_attached_document_without_statements_leaves_all_permissions_unknown() {
        // Given
        var role = new Role(TwoRegions.DESTINATION_ACCOUNT, "broken", Set.of(), "")
                .attach("broken", "{\"Version\": \"2012-10-17\"}");
        add(role);

        // Then
        assertThat(reader.permissions(role.arn())).isEqualTo(new Unavailable<JsonNode>("MalformedPolicyDocument"));
    }

    private static void add(Role role) {
        sandbox.world().add(sandbox.account(TwoRegions.DESTINATION_ACCOUNT).withRole(role));
    }

    private static String policy(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", " + action
                + ", \"Resource\": \"*\"}}";
    }

    @Test
    void the_policy_of_a_key_is_read() {
        assertThat(known(reader.keyPolicy(TwoRegions.DESTINATION_KEY_ARN))
                        .at("/Statement/0/Principal/AWS/0")
                        .asText())
                .isEqualTo("arn:aws:iam::" + TwoRegions.DESTINATION_ACCOUNT + ":root");
    }

    @Test
    void a_key_that_is_not_there_or_not_shown_is_unavailable_by_its_code() {
        // Given
        var keys = sandbox.world().kmsKeys();
        var absent = TwoRegions.DESTINATION_KEY_ARN.replace("key/4", "key/5");

        // Then
        assertThat(reader.keyPolicy(absent)).isEqualTo(new Unavailable<JsonNode>("NotFoundException"));
        keys.setPolicy(
                TwoRegions.DESTINATION_KEY_ARN,
                "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"444455556666\"}, \"Action\":"
                        + " \"kms:Decrypt\", \"Resource\": \"*\"}}");
        assertThat(reader.keyPolicy(TwoRegions.DESTINATION_KEY_ARN))
                .isEqualTo(new Unavailable<JsonNode>("AccessDeniedException"));
        keys.resetPolicy(TwoRegions.DESTINATION_KEY_ARN);
    }

    @Test
    void an_answer_without_end_is_given_up() throws IOException {
        // Given
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    exchange.getResponseBody().write(new byte[8_192]); // until the reader has had enough
                }
            }
        });
        server.start();

        // When / Then
        try (var endless = new S3PostureReader(S3Settings.of(
                "endless",
                Vendor.GENERIC,
                "eu-west-3",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                new S3Credentials.Static("AKIAENDLESS", "secret")))) {
            assertThat(endless.accountBlock(TwoRegions.DESTINATION_ACCOUNT)).isInstanceOf(Unavailable.class);
        } finally {
            server.stop(0);
        }
    }
}
