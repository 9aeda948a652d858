package io.tidelock.sandbox.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.sandbox.model.EventName;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_put_carries_all_that_the_documentation_shows() throws Exception {
        // When
        var message = JSON.readTree(EventJson.of(Changes.put("photos", "red flower.jpg"), "c1"));

        // Then
        assertThat(message).isEqualTo(JSON.readTree("""
                {"Records": [{
                  "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-west-3",
                  "eventTime": "2026-03-04T05:06:07.089Z", "eventName": "ObjectCreated:Put",
                  "userIdentity": {"principalId": "AWS:AIDAWRITER"},
                  "requestParameters": {"sourceIPAddress": "192.0.2.7"},
                  "responseElements": {"x-amz-request-id": "REQ1", "x-amz-id-2": "REQ1"},
                  "s3": {
                    "s3SchemaVersion": "1.0", "configurationId": "c1",
                    "bucket": {
                      "name": "photos", "arn": "arn:aws:s3:::photos",
                      "ownerIdentity": {"principalId": "1111222233331111222233331111222233331111222233331111222233331111"}},
                    "object": {
                      "key": "red+flower.jpg", "size": 1024, "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                      "versionId": "v1", "sequencer": "0055AED6DCD90281E5"}}}]}
                """));
    }

    @Test
    void keys_are_form_encoded_with_their_slashes_left_alone() throws Exception {
        var expected = Map.of(
                "a b", "a+b",
                "a+b", "a%2Bb",
                "a%2Bb", "a%252Bb",
                "100%", "100%25",
                "/lead/é", "/lead/%C3%A9",
                "e\u0301", "e%CC%81",
                "\uD83D\uDE00", "%F0%9F%98%80",
                "trail ", "trail+");
        for (var pair : expected.entrySet()) {
            // When
            var object = object(EventJson.of(Changes.put("photos", pair.getKey()), "c1"));

            // Then
            assertThat(object.get("key").textValue())
                    .as("key %s", pair.getKey())
                    .isEqualTo(pair.getValue());
        }
    }

    @Test
    void what_a_change_does_not_have_is_absent() throws Exception {
        // When
        var object = object(EventJson.of(Changes.bare(EventName.OBJECT_REMOVED_DELETE, false), "c1"));

        // Then
        assertThat(object).isEqualTo(JSON.readTree("{\"key\": \"k\"}"));
    }

    @Test
    void tag_acl_and_lifecycle_events_are_of_the_younger_version_and_lifecycle_is_s3_itself() throws Exception {
        // When
        var tagging = JSON.readTree(EventJson.of(Changes.bare(EventName.OBJECT_TAGGING_PUT, false), "c1"))
                .at("/Records/0");
        var expired = JSON.readTree(
                        EventJson.of(Changes.bare(EventName.LIFECYCLE_EXPIRATION_DELETE_MARKER_CREATED, true), "c1"))
                .at("/Records/0");

        // Then
        assertThat(tagging.get("eventVersion").textValue()).isEqualTo("2.3");
        assertThat(tagging.at("/userIdentity/principalId").textValue()).isEqualTo("AWS:AIDAWRITER");
        assertThat(expired.get("eventName").textValue()).isEqualTo("LifecycleExpiration:DeleteMarkerCreated");
        assertThat(expired.at("/userIdentity/principalId").textValue()).isEqualTo("s3.amazonaws.com");
    }

    private static JsonNode object(byte[] message) throws Exception {
        return JSON.readTree(message).at("/Records/0/s3/object");
    }
}
