package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inventory", "metrics", "analytics", "intelligent-tiering", "no-such-thing"})
    void a_sub_resource_that_is_not_served_is_501_and_never_a_listing(String name) throws Exception {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        for (var method : new String[] {"GET", "PUT", "DELETE"}) {
            // When
            var answer = world.send(method, "/" + bucket.name() + "?" + name, "");
            // Then
            assertThat(answer.statusCode()).as(method).isEqualTo(501);
            assertThat(answer.body()).contains("<Code>NotImplemented</Code>");
        }
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"torrent", "restore", "no-such-thing"})
    void a_sub_resource_of_an_object_that_is_not_served_neither_reads_nor_writes_it(String name) throws Exception {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        for (var method : new String[] {"GET", "PUT", "DELETE", "POST"}) {
            // When
            var answer = world.send(method, "/" + bucket.name() + "/key?" + name, "other");
            // Then
            assertThat(answer.statusCode()).as(method).isEqualTo(501);
        }
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @Test
    void an_error_names_code_message_resource_and_request() throws Exception {
        // When
        var answer = world.send("GET", "/no-such-bucket/key", "");
        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/xml");
        var id = answer.headers().firstValue("x-amz-request-id").orElseThrow();
        assertThat(answer.body())
                .contains("<Code>NoSuchBucket</Code>")
                .contains("<BucketName>no-such-bucket</BucketName>")
                .contains("<Resource>/no-such-bucket/key</Resource>")
                .contains("<RequestId>" + id + "</RequestId>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<Tagging>",
                "<Other/>",
                "<!DOCTYPE t [<!ENTITY a 'b'>]><Tagging><TagSet><Tag><Key>&a;</Key><Value/></Tag></TagSet></Tagging>",
                "<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>"
            })
    void a_document_that_is_none_is_refused(String document) throws Exception {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // When
        var answer = world.send("PUT", "/" + bucket.name() + "/key?tagging", document);
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>MalformedXML</Code>");
    }

    @Test
    void a_deep_document_is_refused() throws Exception {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // When
        var answer = world.send(
                "PUT",
                "/" + bucket.name() + "/key?tagging",
                "<Tagging>" + "<a>".repeat(100) + "</a>".repeat(100) + "</Tagging>");
        // Then
        assertThat(answer.body()).contains("<Code>MalformedXML</Code>");
    }

    @Test
    void what_is_not_served_is_refused_rather_than_dropped() throws Exception {
        // Given
        var path = "/" + world.bucket().name() + "/key";
        // Then
        assertThat(world.send("PUT", path, "x", "x-amz-write-offset-bytes", "0").statusCode())
                .isEqualTo(501);
        assertThat(world.send("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void a_client_that_waits_for_100_is_told_to_go_on_or_refused_before_it_sends() throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        var accepted = raw(
                "PUT /" + bucket.name()
                        + "/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
                "bytes");
        var refused = raw(
                "PUT /no-such-bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
                "");
        // Then
        assertThat(accepted).startsWith("HTTP/1.1 100 Continue").contains("HTTP/1.1 200 OK");
        assertThat(refused).startsWith("HTTP/1.1 404").doesNotContain("100 Continue");
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @Test
    void a_connection_lives_on_after_a_refused_upload() throws Exception {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "key", "bytes");
        // When
        var answers = raw(
                "PUT /no-such-bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nbytes" + "GET /"
                        + bucket.name() + "/key HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "");
        // Then
        assertThat(answers)
                .startsWith("HTTP/1.1 404")
                .contains("HTTP/1.1 200 OK")
                .endsWith("bytes");
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), world.open.port())) {
            socket.getOutputStream()
                    .write(("PUT /" + bucket.name()
                                    + "/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n"
                                    + "x".repeat(100_000))
                            .getBytes(StandardCharsets.US_ASCII));
        }
        world.put(bucket, "other", "x");
        // Then
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void a_bucket_can_stand_in_the_host_name() throws Exception {
        // Given
        var bucket = world.bucket();
        world.put(bucket, "a/key", "bytes");
        // When
        var answer = raw(
                "GET /a/key HTTP/1.1\r\nHost: " + bucket.name()
                        + ".s3.eu-west-3.localhost:9000\r\nConnection: close\r\n\r\n",
                "");
        // Then
        assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("bytes");
    }

    @Test
    void every_request_is_counted_by_its_operation() throws Exception {
        // Given
        var bucket = world.bucket();
        world.open.counts().reset();
        // When
        world.send("PUT", "/" + bucket.name() + "/key", "x");
        world.send("HEAD", "/" + bucket.name() + "/key", "");
        world.send("GET", "/" + bucket.name() + "/none", "");
        world.send("GET", "/" + bucket.name() + "?list-type=2", "");
        world.send("GET", "/" + bucket.name() + "?unknown", "");
        // Then
        assertThat(world.open.counts().byOperation())
                .containsOnlyKeys("PutObject", "HeadObject", "GetObject", "ListObjectsV2", "NotImplemented")
                .containsEntry("PutObject", 1L);
        assertThat(world.open.counts().total()).isEqualTo(5);
    }

    /** Sends bytes as they are, then more once an answer began, and reads until the server closes or nothing more can come. */
    private static String raw(String head, String body) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), world.open.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            var answer = new ByteArrayOutputStream();
            answer.write(socket.getInputStream().read());
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.US_ASCII);
        }
    }
}
