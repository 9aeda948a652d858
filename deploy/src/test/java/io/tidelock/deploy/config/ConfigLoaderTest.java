package io.tidelock.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @TempDir
    Path directory;

    private ConfigFile file;

    @BeforeEach
    void name() {
        file = new ConfigFile(directory);
    }

    @Test
    void a_valid_file_becomes_records_with_the_defaults_of_the_schema() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID);

        // Then
        assertThat(loaded).isInstanceOfSatisfying(Loaded.Valid.class, valid -> {
            assertThat(valid.config().roles()).containsExactlyInAnyOrder(Role.values());
            assertThat(valid.config().http().host()).isEqualTo("127.0.0.1");
            assertThat(valid.config().http().port()).isEqualTo(8080);
        });
    }

    @Test
    void a_value_with_a_newline_stays_in_its_line() throws IOException {
        // When
        var problems = file.problems("instance: \"a b/c\\n\\e[2J\"\n" + ConfigFile.VALID);

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("instance", "a b/c??[2J")
                .doesNotContain("\n", "\u001b");
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_the_file() throws IOException {
        // Given
        var yaml = """
            kafka:
              bootstrapServer: "127.0.0.1:9092"
            stores:
              paris:
                regoin: eu-west-3
                account: 111122223333
                vendor: amazon
            sources:
              e: {store: pariss, topics: []}
            http:
              port: 99999
            """;

        // When
        var problems = file.problems(yaml);

        // Then
        assertThat(problems)
                .containsExactly(
                        "tidelock.yaml:1:1: kafka.bootstrapServers: is missing; add it: The brokers to begin with:"
                                + " host:port, several joined by commas.",
                        "tidelock.yaml:1:1: replication: is empty, and the role replicator works by it; say which"
                                + " buckets are replicated",
                        "tidelock.yaml:1:1: mark: is missing, and the role replicator signs replicas with it; add"
                                + " mark.keys with an id and a secret",
                        "tidelock.yaml:2:3: kafka.bootstrapServer: is not a setting, did you mean"
                                + " \"bootstrapServers\"?; known here: bootstrapServers, properties, startDeadline, topics",
                        "tidelock.yaml:4:3: stores.paris.region: is missing; add it: The region, such as eu-west-3;"
                                + " any name for stores that have none.",
                        "tidelock.yaml:4:3: stores.paris.endpoint: is missing, and only the vendor aws has an address"
                                + " by itself; add the address of the store",
                        "tidelock.yaml:5:5: stores.paris.regoin: is not a setting, did you mean \"region\"?; known"
                                + " here: vendor, region, endpoint, account, pathStyle, payloadSigned, customerKeys,"
                                + " connectionsMax, budget, connectTimeout, answerTimeout, writeTimeout, credentials",
                        "tidelock.yaml:6:14: stores.paris.account: must be text, is a number (\"111122223333\"); put"
                                + " the value in quotes",
                        "tidelock.yaml:7:13: stores.paris.vendor: is \"amazon\"; allowed: aws, minio, ceph, generic",
                        "tidelock.yaml:9:14: sources.e.store: is \"pariss\", and there is no such store, did you mean"
                                + " \"paris\"?; add it to stores, or name one of: paris",
                        "tidelock.yaml:9:30: sources.e.topics: is an empty list; write at least one item, or remove"
                                + " the setting",
                        "tidelock.yaml:11:9: http.port: is \"99999\"; write a number from 0 to 65535");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        bootstrapServers: "127.0.0.1:9092" | bootstrapServers: "http://kafka"    | kafka.bootstrapServers: is "http://kafka"; write host:port
        bootstrapServers: "127.0.0.1:9092" | bootstrapServers:                   | kafka.bootstrapServers: has no value; write text
        region: eu-west-3                  | region: [eu-west-3]                 | stores.paris.region: must be text, is a list; write one value
        topics: [bucket-events]            | topics: bucket-events               | sources.paris-events.topics: must be a list, is text; write a list
        topics: [bucket-events]            | topics: [a, a]                      | sources.paris-events.topics: names something twice
        topics: [bucket-events]            | topics: [tidelock.events]           | sources.paris-events.topics[0]: is "tidelock.events", which kafka.topics.events names too
        topics: [bucket-events]            | topicPattern: ".*"                  | matches "tidelock.events", Tidelock's own topic kafka.topics.events
        topics: [bucket-events]            | topicPattern: "("                   | sources.paris-events.topicPattern: is no regular expression
        topics: [bucket-events]            | format: s3                          | sources.paris-events: has no topics; write topics or topicPattern
        store: paris                       | format: S3                          | sources.paris-events.format: is "S3"; allowed: s3, eventbridge, minio, ceph, did you mean "s3"?
        frankfurt:                         | "frank furt":                       | stores: holds the name "frank furt"
        type: static                       | type: assumeRole                    | stores.paris.credentials.roleArn: is missing
        endpoint: http://127.0.0.1:9002    | endpoint: http://u:p@host           | stores.frankfurt.endpoint: is "http://...@host"; write http:// or https://
        photos-replica: frankfurt          | photos-replica: berlin              | replication[0].destinations.photos-replica: is "berlin", and there is no such store
        configuration:                     | fromBucket: true, configuration:    | is not YAML
        - id: k1                           | - id: "k 1"                         | mark.keys[0].id: is "k 1"; write 1 to 32 letters
        ${env:MARK_KEY}                    | 0123456789abcdef0                   | mark.keys[0].secret: is a secret and must not stand in the file; put it into the environment or a file
        ${env:MARK_KEY}                    | ${env:NOT_THERE}                    | mark.keys[0].secret: the environment variable NOT_THERE is not set
        ${env:MARK_KEY}                    | ${env:EMPTY}                        | mark.keys[0].secret: the environment variable EMPTY is empty
        ${env:MARK_KEY}                    | ${file:no/such}                     | mark.keys[0].secret: the file no/such does not exist
        ${env:MARK_KEY}                    | ${file:.}                           | mark.keys[0].secret: the file . cannot be read
        ${env:MARK_KEY}                    | ${vault:x}                          | mark.keys[0].secret: ${vault:x} is no reference that Tidelock knows
        ${env:MARK_KEY}                    | ${env:PARIS_KEY}                    | mark.keys[0].secret: is a value that is not shown; write at least 16 characters
        """)
    void a_wrong_value_is_named_with_what_is_allowed(String right, String wrong, String expected) throws IOException {
        // Given
        assertThat(ConfigFile.VALID).contains(right);

        // When
        var problems = file.problems(ConfigFile.VALID.replace(right, wrong));

        // Then
        assertThat(problems).anyMatch(problem -> problem.contains(expected));
    }

    @Test
    void a_role_asks_only_for_what_it_needs() throws IOException {
        // Given
        var yaml = """
            roles: [ingest]
            kafka: {bootstrapServers: "k:9092"}
            stores: {paris: {region: eu-west-3}}
            sources: {e: {store: paris, topics: [t]}}
            """;

        // When
        var problems = file.problems(yaml);

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void rules_come_from_one_place() throws IOException {
        // When
        var problems = file.problems(
                ConfigFile.VALID.replace("    configuration:", "    fromBucket: true\n    configuration:"));

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("replication[0]: has rules from more than one place; write configuration, configurationFile");
    }

    @Test
    void a_password_of_a_Kafka_client_is_a_reference() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID.replace("kafka:\n", """
            kafka:
              properties:
                security.protocol: SASL_SSL
                sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required password="${env:PARIS_SECRET}";
                ssl.truststore.password: hunter2
            """));

        // Then
        assertThat(problems)
                .containsExactly(
                        "tidelock.yaml:5:30: kafka.properties.\"ssl.truststore.password\": is a secret and must not"
                                + " stand in the file; put it into the environment or a file and write \"${env:NAME}\" or"
                                + " \"${file:/path}\"");
    }

    @Test
    void a_secret_in_a_file_loses_its_last_newline_only() throws IOException {
        // Given
        Files.writeString(directory.resolve("token"), "0123456789abcdef \n");

        // When
        var loaded = file.load(ConfigFile.VALID + "http: {authentication: {bearerToken: \"${file:token}\"}}\n");

        // Then
        assertThat(loaded)
                .isInstanceOfSatisfying(
                        Loaded.Valid.class,
                        valid -> assertThat(valid.config().http().bearerToken()).contains("0123456789abcdef "));
    }

    @Test
    void words_that_older_YAML_took_for_booleans_and_times_stay_text() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID.replace("paris-events", "no").replace("bucket-events", "22-22"));

        // Then
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    }

    @Test
    void secrets_do_not_show_in_records() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID
                + "http: {authentication: {bearerToken: \"${env:MARK_KEY}\", basic: {user: u, password:"
                + " \"${env:PARIS_SECRET}\"}}}\n");

        // Then
        assertThat(loaded.toString()).doesNotContain("0123456789abcdef", "s3cr3t-of-paris");
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    }
}
