package io.tidelock.deploy.posture.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts and roles over the wire; buckets are tested with the command that exports them. */
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
}
