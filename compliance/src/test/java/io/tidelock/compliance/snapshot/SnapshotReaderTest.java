package io.tidelock.compliance.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.snapshot.SnapshotRead.Assessable;
import io.tidelock.compliance.snapshot.SnapshotRead.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Absent, null and unavailable are three things, and what is misspelt is none of them. */
class SnapshotReaderTest {
    private static SnapshotRead read(String json) {
        return SnapshotReader.read("a.json", json.getBytes(UTF_8));
    }

    private static Assessable assessable(String json) {
        var read = read(json);
        assertThat(read).isInstanceOf(Assessable.class);
        return (Assessable) read;
    }

    private static Collected<?> document(String bucket, BucketDocument which) {
        return assessable("{\"bucket\": " + bucket + "}")
                .snapshot()
                .bucket()
                .orElseThrow()
                .document(which);
    }

    @Test
    void absent_null_and_unavailable_are_told_apart() {
        var bucket = """
                {"acl": null, "policy": {"$unavailable": "AccessDenied"}, "cors": {"CORSRules": []}}""";

        assertThat(document(bucket, BucketDocument.VERSIONING)).isInstanceOf(Collected.NotCollected.class);
        assertThat(document(bucket, BucketDocument.ACL)).isInstanceOf(Collected.NotConfigured.class);
        assertThat(document(bucket, BucketDocument.POLICY)).isEqualTo(new Collected.Unavailable<>("AccessDenied"));
        assertThat(document(bucket, BucketDocument.CORS)).isInstanceOf(Collected.Known.class);
    }

    @Test
    void a_policy_may_be_a_string_and_nothing_else_may() {
        assertThat(document("{\"policy\": \"{}\"}", BucketDocument.POLICY)).isInstanceOf(Collected.Known.class);
        assertThat(document("{\"encryption\": \"{}\"}", BucketDocument.ENCRYPTION))
                .isEqualTo(new Collected.Unavailable<>("bucket.encryption is not an object"));
    }

    @Test
    void unknown_keys_are_named_wherever_they_stand() {
        // When
        var problems = assessable("""
                {"bucket": {"name": "b", "versionning": {}, "objects": {"k": {"acl": null, "owner": 1}}},
                 "account": {"id": "111122223333", "bpa": {}}, "rolle": {}, "trusted": {"account": []}}""").problems();

        // Then
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "bucket has the unknown key \"versionning\": nothing was read from it",
                        "bucket.objects[\"k\"] has the unknown key \"owner\": nothing was read from it",
                        "account has the unknown key \"bpa\": nothing was read from it",
                        "the snapshot has the unknown key \"rolle\": nothing was read from it",
                        "trusted has the unknown key \"account\": nothing was read from it");
    }

    @Test
    void a_document_of_the_wrong_shape_is_unavailable_and_the_rest_is_read() {
        // When
        var assessable = assessable("""
                {"bucket": {"name": 7, "versioning": [], "acl": {"CannedACL": "private"}}, "otherBuckets": {}}""");

        // Then
        var bucket = assessable.snapshot().bucket().orElseThrow();
        assertThat(bucket.name()).isNull();
        assertThat(bucket.document(BucketDocument.VERSIONING)).isInstanceOf(Collected.Unavailable.class);
        assertThat(bucket.document(BucketDocument.ACL)).isInstanceOf(Collected.Known.class);
        assertThat(assessable.snapshot().otherBuckets()).isInstanceOf(Collected.Unavailable.class);
        assertThat(assessable.problems())
                .containsExactlyInAnyOrder(
                        "bucket.name is not a text",
                        "bucket.versioning is not an object",
                        "otherBuckets is not a list");
    }

    @Test
    void a_bucket_that_could_not_be_read_leaves_every_document_unavailable() {
        // When
        var bucket = assessable("{\"bucket\": {\"$unavailable\": \"AccessDenied\"}}")
                .snapshot()
                .bucket()
                .orElseThrow();

        // Then
        assertThat(List.of(BucketDocument.values()))
                .allSatisfy(which ->
                        assertThat(bucket.document(which)).isEqualTo(new Collected.Unavailable<>("AccessDenied")));
    }

    @Test
    void an_account_alone_is_a_snapshot() {
        // When
        var snapshot = assessable("{\"account\": {\"id\": \"111122223333\", \"publicAccessBlock\": null}}")
                .snapshot();

        // Then
        assertThat(snapshot.bucket()).isEmpty();
        assertThat(snapshot.account().id()).isEqualTo("111122223333");
        assertThat(snapshot.account().publicAccessBlock()).isInstanceOf(Collected.NotConfigured.class);
        assertThat(snapshot.account().organizationAccessBlock()).isInstanceOf(Collected.NotCollected.class);
    }

    @Test
    void other_buckets_role_trusted_and_settings_are_read() {
        // When
        var snapshot = assessable("""
                {"bucket": {"name": "b"}, "otherBuckets": [{"name": "r", "region": "eu-west-1", "versioning": {"Status": "Enabled"}}],
                 "role": {"arn": "arn:aws:iam::111122223333:role/r", "trust": "{}", "policy": {"$unavailable": "NoSuchEntity"}},
                 "trusted": {"accounts": ["444455556666"], "ips": ["10.0.0.0/8"]}, "settings": {"maxSignatureAgeMs": 600000}}""").snapshot();

        // Then
        assertThat(snapshot.other("r").orElseThrow().region()).isEqualTo("eu-west-1");
        assertThat(snapshot.other("x")).isEmpty();
        var role = snapshot.role().known().orElseThrow();
        assertThat(role.trust()).isInstanceOf(Collected.Known.class);
        assertThat(role.policy()).isEqualTo(new Collected.Unavailable<>("NoSuchEntity"));
        assertThat(snapshot.trusted().accounts()).containsExactly("444455556666");
        assertThat(snapshot.settings().number("maxSignatureAgeMs")).hasValue(600_000);
        assertThat(snapshot.settings().number("other")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{\"bucket\": {}, \"bucket\": {}}",
                "{}",
                "{\"buckets\": {}}",
                "7",
                "{\"bucket\": "
            })
    void what_is_no_snapshot_is_refused_with_the_reason(String json) {
        // When
        var read = read(json);

        // Then
        assertThat(read)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).startsWith("the snapshot "));
    }
}
