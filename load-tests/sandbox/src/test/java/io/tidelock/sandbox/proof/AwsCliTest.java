package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.sandbox.model.AccessKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The aws CLI as Debian's package awscli or pip bring it, against the sandbox. */
class AwsCliTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path home;
    private final SandboxServer server;

    AwsCliTest(@TempDir Path home, @TempDir Path bodies) {
        this.home = home;
        this.server = new SandboxServer(bodies);
    }

    @BeforeEach
    void makeBucket() throws Exception {
        aws().run("s3", "mb", "s3://tide").ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ForkedProgram aws() throws IOException {
        return ForkedProgram.aws(home, server.endpoint(), SandboxServer.OWNER_KEY);
    }

    private static JsonNode json(ForkedProgram.Result result) throws IOException {
        return JSON.readTree(result.ok().out());
    }

    private void enableVersioning() throws Exception {
        aws().run("s3api", "put-bucket-versioning", "--bucket", "tide", "--versioning-configuration", "Status=Enabled")
                .ok();
    }

    @Test
    void a_tree_is_synchronised_up_and_down_again() throws Exception {
        // Given
        var up = FileTree.make(home.resolve("up"), 71);
        // When
        aws().run("s3", "sync", up.toString(), "s3://tide/pre fix").ok();
        aws().run("s3", "sync", "s3://tide/pre fix", home.resolve("down").toString())
                .ok();
        // Then
        assertThat(FileTree.contents(home.resolve("down"))).isEqualTo(FileTree.contents(up));
        assertThat(aws().run("s3", "sync", up.toString(), "s3://tide/pre fix")
                        .ok()
                        .out())
                .isEmpty();
        Files.delete(up.resolve("empty"));
        assertThat(aws().run("s3", "sync", "--delete", up.toString(), "s3://tide/pre fix")
                        .ok()
                        .out())
                .contains("delete: s3://tide/pre fix/empty");
    }

    @Test
    void a_large_file_goes_in_parts() throws Exception {
        // Given
        var content = FileTree.bytes(new Random(72), 20 * 1024 * 1024);
        var file = Files.write(home.resolve("large"), content);
        // When
        aws().run("s3", "cp", file.toString(), "s3://tide/large").ok();
        aws().run("s3", "cp", "s3://tide/large", home.resolve("back").toString())
                .ok();
        // Then
        assertThat(Files.readAllBytes(home.resolve("back"))).isEqualTo(content);
        var head = json(aws().run("s3api", "head-object", "--bucket", "tide", "--key", "large"));
        assertThat(head.path("ETag").asText()).endsWith("-3\"");
        aws().run("s3", "cp", "s3://tide/large", "s3://tide/copy").ok();
        var copy = json(aws().run("s3api", "head-object", "--bucket", "tide", "--key", "copy"));
        assertThat(copy.path("ContentLength").asInt()).isEqualTo(content.length);
    }

    @Test
    void versions_and_markers_are_listed_and_read() throws Exception {
        // Given
        enableVersioning();
        var first = Files.writeString(home.resolve("first"), "one");
        var second = Files.writeString(home.resolve("second"), "two");
        aws().run("s3", "cp", first.toString(), "s3://tide/k").ok();
        aws().run("s3", "cp", second.toString(), "s3://tide/k").ok();
        aws().run("s3", "rm", "s3://tide/k").ok();
        // When
        var listed = json(aws().run("s3api", "list-object-versions", "--bucket", "tide", "--prefix", "k"));
        // Then
        assertThat(listed.path("Versions")).hasSize(2);
        assertThat(listed.path("DeleteMarkers")).hasSize(1);
        assertThat(listed.at("/DeleteMarkers/0/IsLatest").asBoolean()).isTrue();
        var oldest = listed.at("/Versions/1/VersionId").asText();
        var back = home.resolve("oldest");
        json(aws().run(
                        "s3api",
                        "get-object",
                        "--bucket",
                        "tide",
                        "--key",
                        "k",
                        "--version-id",
                        oldest,
                        back.toString()));
        assertThat(Files.readString(back)).isEqualTo("one");
        aws().run("s3", "cp", "s3://tide/k", back.toString()).failed("404");
        var marker = listed.at("/DeleteMarkers/0/VersionId").asText();
        var removed =
                json(aws().run("s3api", "delete-object", "--bucket", "tide", "--key", "k", "--version-id", marker));
        assertThat(removed.path("DeleteMarker").asBoolean()).isTrue();
        aws().run("s3", "cp", "s3://tide/k", back.toString()).ok();
        assertThat(Files.readString(back)).isEqualTo("two");
    }

    @Test
    void tags_and_metadata_come_back() throws Exception {
        var file = Files.writeString(home.resolve("file"), "one");
        json(aws().run(
                        "s3api",
                        "put-object",
                        "--bucket",
                        "tide",
                        "--key",
                        "k",
                        "--body",
                        file.toString(),
                        "--tagging",
                        "a=1&b=2",
                        "--metadata",
                        "note=kept",
                        "--checksum-algorithm",
                        "SHA256"));
        var tags = json(aws().run("s3api", "get-object-tagging", "--bucket", "tide", "--key", "k"));
        assertThat(tags.path("TagSet")).hasSize(2);
        var head =
                json(aws().run("s3api", "head-object", "--bucket", "tide", "--key", "k", "--checksum-mode", "ENABLED"));
        assertThat(head.at("/Metadata/note").asText()).isEqualTo("kept");
        assertThat(head.path("ChecksumSHA256").asText()).isEqualTo("dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0=");
    }

    @Test
    void a_presigned_address_is_good_for_anybody() throws Exception {
        var file = Files.writeString(home.resolve("file"), "shared");
        aws().run("s3", "cp", file.toString(), "s3://tide/a key").ok();
        var address = aws().run("s3", "presign", "s3://tide/a key", "--expires-in", "60")
                .ok()
                .out()
                .strip();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("shared");
        }
    }

    @Test
    void a_role_of_another_account_is_assumed() throws Exception {
        var denied = aws().run("sts", "assume-role", "--role-arn", SandboxServer.ROLE, "--role-session-name", "cli");
        denied.failed("AccessDenied");
        var credentials = json(aws().run(
                                "sts",
                                "assume-role",
                                "--role-arn",
                                SandboxServer.ROLE,
                                "--role-session-name",
                                "cli",
                                "--external-id",
                                SandboxServer.EXTERNAL_ID))
                .path("Credentials");
        var key = new AccessKey(
                credentials.path("AccessKeyId").asText(),
                credentials.path("SecretAccessKey").asText());
        var assumed = ForkedProgram.aws(home, server.endpoint(), key)
                .set("AWS_SESSION_TOKEN", credentials.path("SessionToken").asText());
        var identity = json(assumed.run("sts", "get-caller-identity"));
        assertThat(identity.path("Account").asText()).isEqualTo(SandboxServer.OTHER);
        assumed.run("s3", "ls", "s3://tide").failed("AccessDenied");
        assumed.run("s3", "mb", "s3://others").ok();
    }

    @Test
    void a_wrong_secret_is_told() throws Exception {
        var key = new AccessKey(SandboxServer.OWNER_KEY.id(), "wrong");
        ForkedProgram.aws(home, server.endpoint(), key)
                .run("s3api", "list-objects-v2", "--bucket", "tide")
                .failed("SignatureDoesNotMatch");
    }
}
