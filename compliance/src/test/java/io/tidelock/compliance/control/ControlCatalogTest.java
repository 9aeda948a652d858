package io.tidelock.compliance.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCatalogTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy-public",
                "policy-public-write",
                "bucket-public",
                "acl-public",
                "acl-public-read",
                "acl-public-write",
                "acl-cross-account",
                "object-acl-public",
                "bpa-bucket",
                "bpa-effective",
                "bpa-account-effective",
                "bpa-BlockPublicAcls",
                "bpa-BlockPublicPolicy",
                "bpa-IgnorePublicAcls",
                "bpa-RestrictPublicBuckets",
                "acl-canned-public-read",
                "acl-canned-public-read-write",
                "acls-disabled",
                "secure-transport",
                "cross-account",
                "cross-account-admin-actions",
                "policy-wildcard-principal",
                "policy-wildcard-action",
                "policy-allow-notprincipal",
                "policy-allow-notaction",
                "policy-lockout",
                "service-confused-deputy",
                "require-sse-header",
                "require-sse-s3",
                "require-sse-kms",
                "require-sse-c",
                "presign-max-age",
                "default-encryption",
                "kms-encryption",
                "versioning",
                "mfa-delete",
                "object-lock",
                "access-logging",
                "event-notifications",
                "lifecycle",
                "replication-configured",
                "cross-region-replication",
                "replication-role-trust",
                "replication-role-actions",
                "replication-destination-exists",
                "replication-destination-versioned",
                "replication-destination-object-lock",
                "replication-destination-policy-actions",
                "replication-destination-policy-principal-narrow",
                "replication-replica-kms-region",
                "replication-owner-override-allowed"
            })
    void every_id_that_others_rely_on_is_there(String id) {
        assertThat(ControlCatalog.all().find(id)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r03-", "r04-", "r12-", "r13-", "r14-", "r15-", "r17-", "r18-", "r19-", "r20-", "r21-", "r22-", "r23-",
                "r25-", "r26-", "r27-", "r28-", "r30-"
            })
    void every_replica_check_that_configuration_decides_is_there(String prefix) {
        assertThat(ControlCatalog.all().controls())
                .filteredOn(control -> control.id().startsWith(prefix))
                .hasSize(1);
    }

    @Test
    void every_control_says_why_and_what_to_do() {
        assertThat(ControlCatalog.all().controls()).allSatisfy(control -> {
            assertThat(control.id()).matches("[a-z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)+|versioning|lifecycle|inventory|tags");
            assertThat(control.title()).isNotBlank().doesNotEndWith(".");
            assertThat(control.rationale()).endsWith(".");
            assertThat(control.remedy()).startsWith("aws ");
        });
    }

    @Test
    void the_controls_of_the_provider_have_the_providers_ids() {
        assertThat(ControlCatalog.all().find("secure-transport").orElseThrow().mappings())
                .isEqualTo(new Mappings(
                        List.of("s3_bucket_secure_transport_policy"),
                        List.of("S3.5"),
                        List.of("s3-bucket-ssl-requests-only"),
                        List.of("3.1.1")));
    }
}
