package io.tidelock.replicator.rule.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleDocumentsTest {
    private static final String FULL = """
            {"Role": "arn:aws:iam::111122223333:role/replication",
             "Rules": [{
               "ID": "secret", "Priority": 7, "Status": "Enabled",
               "Filter": {"And": {"Prefix": "docs/", "Tags": [{"Key": "class", "Value": "secret"}, {"Key": "a", "Value": ""}]}},
               "SourceSelectionCriteria": {
                 "SseKmsEncryptedObjects": {"Status": "Enabled"}, "ReplicaModifications": {"Status": "Enabled"}},
               "Destination": {
                 "Bucket": "arn:aws:s3:::replicas", "Account": "444455556666", "StorageClass": "STANDARD_IA",
                 "AccessControlTranslation": {"Owner": "Destination"},
                 "EncryptionConfiguration": {"ReplicaKmsKeyID": "arn:aws:kms:eu-central-1:444455556666:key/k"},
                 "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
                 "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}}},
               "DeleteMarkerReplication": {"Status": "Disabled"}}]}
            """;

    private static final ReplicationRule FULL_RULE = new ReplicationRule(
            "secret",
            SchemaVersion.V2,
            7,
            true,
            new RuleFilter.All("docs/", Map.of("class", "secret", "a", "")),
            new RuleDestination(
                    "replicas",
                    "444455556666",
                    "STANDARD_IA",
                    "arn:aws:kms:eu-central-1:444455556666:key/k",
                    true,
                    true,
                    true),
            false,
            true,
            true);

    @Test
    void every_element_of_the_reference_is_read_from_json() {
        // When
        var document = RuleDocuments.fromJson(FULL, Leniency.NONE);

        // Then
        assertThat(document)
                .isEqualTo(new RuleDocument.Parsed("arn:aws:iam::111122223333:role/replication", List.of(FULL_RULE)));
    }

    @Test
    void every_element_of_the_reference_is_read_from_xml() {
        // Given
        var xml = """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- as S3 answers it -->
                <ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Role>arn:aws:iam::111122223333:role/replication</Role>
                  <Rule>
                    <ID>secret</ID><Priority>7</Priority><Status>Enabled</Status>
                    <Filter><And><Prefix>docs/</Prefix>
                      <Tag><Key>class</Key><Value><![CDATA[secret]]></Value></Tag><Tag><Key>a</Key><Value/></Tag></And></Filter>
                    <SourceSelectionCriteria>
                      <SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects>
                      <ReplicaModifications><Status>Enabled</Status></ReplicaModifications>
                    </SourceSelectionCriteria>
                    <Destination>
                      <Bucket>arn:aws:s3:::replicas</Bucket><Account>444455556666</Account>
                      <StorageClass>STANDARD_IA</StorageClass>
                      <AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>
                      <EncryptionConfiguration>
                        <ReplicaKmsKeyID>arn:aws:kms:eu-central-1:444455556666:key/k</ReplicaKmsKeyID>
                      </EncryptionConfiguration>
                      <ReplicationTime><Status>Enabled</Status><Time><Minutes>15</Minutes></Time></ReplicationTime>
                      <Metrics><Status>Enabled</Status><EventThreshold><Minutes>15</Minutes></EventThreshold></Metrics>
                    </Destination>
                    <DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
                  </Rule>
                </ReplicationConfiguration>
                """.strip();

        // When
        var document = RuleDocuments.fromXml(xml, Leniency.NONE);

        // Then
        assertThat(document)
                .isEqualTo(new RuleDocument.Parsed("arn:aws:iam::111122223333:role/replication", List.of(FULL_RULE)));
    }

    @Test
    void the_answer_of_the_command_line_is_read_with_its_envelope() {
        // When
        var document = RuleDocuments.fromJson("{\"ReplicationConfiguration\": " + FULL + "}", Leniency.NONE);

        // Then
        assertThat(document).isEqualTo(RuleDocuments.fromJson(FULL, Leniency.NONE));
    }

    @Test
    void rule_01_a_rule_without_filter_is_v1_and_selects_by_its_prefix() {
        // Given
        var json = """
                {"Role": "r", "Rules": [{"Prefix": "photos/", "Status": "Enabled",
                  "Destination": {"Bucket": "arn:aws:s3:::replicas"}}]}
                """;

        // When
        var document = RuleDocuments.fromJson(json, Leniency.NONE);

        // Then
        assertThat(document)
                .isEqualTo(new RuleDocument.Parsed(
                        "r",
                        List.of(new ReplicationRule(
                                "rule-1",
                                SchemaVersion.V1,
                                0,
                                true,
                                new RuleFilter.Prefix("photos/"),
                                RuleDestination.of("replicas"),
                                true,
                                false,
                                false))));
    }

    @Test
    void rule_01_a_v1_rule_without_prefix_selects_the_whole_bucket() {
        // Given
        var json = "{\"Rules\": [{\"Status\": \"Disabled\", \"Destination\": {\"Bucket\": \"arn:aws-cn:s3:::r\"}}]}";

        // When
        var document = RuleDocuments.fromJson(json, Leniency.NONE);

        // Then
        assertThat(document).isInstanceOfSatisfying(RuleDocument.Parsed.class, parsed -> {
            assertThat(parsed.rules().getFirst().filter()).isEqualTo(new RuleFilter.Everything());
            assertThat(parsed.rules().getFirst().enabled()).isFalse();
            assertThat(parsed.role()).isNull();
        });
    }

    @Test
    void the_destination_may_be_named_as_minio_names_it() {
        // Given
        var json = FULL.replace("arn:aws:s3:::replicas", "arn:minio:replication::c5acb6ac-9918-4dc6:replicas");

        // When
        var document = RuleDocuments.fromJson(json, Leniency.NONE);

        // Then
        assertThat(document)
                .isInstanceOfSatisfying(
                        RuleDocument.Parsed.class,
                        parsed -> assertThat(
                                        parsed.rules().getFirst().destination().bucket())
                                .isEqualTo("replicas"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_written_as_json_and_as_xml_is_read_back_as_the_same_rules(long seed) {
        // Given
        var rules = new RandomRules(seed).rules();
        var written = DocumentText.document(rules);

        // When
        var fromJson = RuleDocuments.fromJson(written.toString(), Leniency.NONE);
        var fromXml = RuleDocuments.fromXml(DocumentText.xml(written), Leniency.NONE);

        // Then
        assertThat(fromJson).as("seed %s", seed).isEqualTo(fromXml);
        assertThat(fromJson)
                .as("seed %s", seed)
                .isInstanceOfSatisfying(
                        RuleDocument.Parsed.class,
                        parsed -> assertThat(parsed.rules()).isEqualTo(rules));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }
}
