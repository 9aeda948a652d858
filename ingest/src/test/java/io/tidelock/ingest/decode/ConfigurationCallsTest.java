package io.tidelock.ingest.decode;

import static io.tidelock.ingest.decode.Notifications.decode;
import static io.tidelock.ingest.decode.Notifications.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.ingest.decode.Decoded.Events;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.json.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationCallsTest {
    private static String call(Map<String, ?> detail) {
        return json(Map.of(
                "version", "0", "source", "aws.s3", "detail-type", "AWS API Call via CloudTrail", "detail", detail));
    }

    private static Decoded decoded(Map<String, ?> detail) {
        return decode(SourceFormat.EVENTBRIDGE, call(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutBucketReplication", "DeleteBucketReplication"})
    void a_call_that_changes_the_rules_of_a_bucket_names_it(String name) {
        assertThat(decoded(Map.of("eventName", name, "requestParameters", Map.of("bucketName", "photos"))))
                .isEqualTo(new Events(List.of(), List.of(), List.of(), Set.of(new Bucket("paris", "photos"))));
    }

    @Test
    void calls_that_failed_or_change_something_else_are_ignored() {
        var ignored = new Events(List.of(), List.of(IgnoredReason.BUCKET), List.of(), Set.of());
        assertThat(decoded(Map.of(
                        "eventName",
                        "PutBucketReplication",
                        "errorCode",
                        "AccessDenied",
                        "requestParameters",
                        Map.of("bucketName", "photos"))))
                .isEqualTo(ignored);
        assertThat(decoded(
                        Map.of("eventName", "PutBucketTagging", "requestParameters", Map.of("bucketName", "photos"))))
                .isEqualTo(ignored);
    }

    @Test
    void a_call_that_names_what_can_be_no_bucket_is_malformed() {
        assertThat(decoded(
                        Map.of("eventName", "PutBucketReplication", "requestParameters", Map.of("bucketName", "a/b"))))
                .isInstanceOfSatisfying(Malformed.class, it -> {
                    assertThat(it.flaw()).isEqualTo(Flaw.INVALID_FIELD);
                    assertThat(it.detail()).contains("requestParameters.bucketName must not hold a slash: a/b");
                });
    }

    @Test
    void a_call_that_names_no_bucket_is_malformed() {
        assertThat(decoded(Map.of("eventName", "PutBucketReplication", "requestParameters", Map.of())))
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.flaw()).isEqualTo(Flaw.MISSING_FIELD));
    }
}
