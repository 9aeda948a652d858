package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** rclone as Debian packs it, against the sandbox. */
class RcloneTest {
    private final Path home;
    private final SandboxServer server;

    RcloneTest(@TempDir Path home, @TempDir Path bodies) {
        this.home = home;
        this.server = new SandboxServer(bodies);
    }

    @BeforeEach
    void makeBucket() throws Exception {
        rclone("mkdir", "sandbox:tide").ok();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ForkedProgram.Result rclone(String... arguments) throws Exception {
        return ForkedProgram.rclone(home, server.endpoint(), SandboxServer.OWNER_KEY)
                .run(arguments);
    }

    private void enableVersioning() {
        server.client()
                .putBucketVersioning(
                        b -> b.bucket("tide").versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    }

    @Test
    void a_tree_is_synchronised_up_and_down_again() throws Exception {
        // Given
        var up = FileTree.make(home.resolve("up"), 81);
        // When
        rclone("sync", up.toString(), "sandbox:tide/pre fix").ok();
        rclone("sync", "sandbox:tide/pre fix", home.resolve("down").toString()).ok();
        // Then
        assertThat(FileTree.contents(home.resolve("down"))).isEqualTo(FileTree.contents(up));
        rclone("check", up.toString(), "sandbox:tide/pre fix").ok();
        Files.delete(up.resolve("empty"));
        rclone("sync", up.toString(), "sandbox:tide/pre fix").ok();
        assertThat(rclone("lsf", "-R", "--files-only", "sandbox:tide/pre fix")
                        .ok()
                        .out()
                        .lines())
                .hasSize(FileTree.contents(up).size())
                .doesNotContain("empty");
    }

    @Test
    void a_large_file_goes_in_parts() throws Exception {
        // Given
        var content = FileTree.bytes(new Random(82), 12 * 1024 * 1024);
        var file = Files.write(home.resolve("large"), content);
        // When
        rclone("copy", "--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M", file.toString(), "sandbox:tide/in")
                .ok();
        rclone("copy", "sandbox:tide/in/large", home.resolve("back").toString()).ok();
        // Then
        assertThat(Files.readAllBytes(home.resolve("back").resolve("large"))).isEqualTo(content);
        var head = server.client().headObject(b -> b.bucket("tide").key("in/large"));
        assertThat(head.eTag()).endsWith("-3\"");
        rclone("check", "--download", home.toString(), "sandbox:tide/in", "--include", "/large")
                .ok();
        rclone(
                        "copyto",
                        "--s3-copy-cutoff",
                        "5M",
                        "--s3-chunk-size",
                        "5M",
                        "sandbox:tide/in/large",
                        "sandbox:tide/copy")
                .ok();
        assertThat(server.client()
                        .getObjectAsBytes(b -> b.bucket("tide").key("copy"))
                        .asByteArrayUnsafe())
                .isEqualTo(content);
    }

    @Test
    void versions_are_seen_and_a_removal_leaves_a_marker() throws Exception {
        // Given
        enableVersioning();
        var file = home.resolve("note.txt");
        Files.writeString(file, "one");
        rclone("copy", file.toString(), "sandbox:tide").ok();
        Files.writeString(file, "three");
        rclone("copy", file.toString(), "sandbox:tide").ok();
        // When
        var versions = rclone("lsf", "--s3-versions", "sandbox:tide")
                .ok()
                .out()
                .lines()
                .toList();
        // Then
        assertThat(versions).hasSize(2).contains("note.txt").anyMatch(name -> name.startsWith("note-v"));
        var old = versions.stream()
                .filter(name -> name.startsWith("note-v"))
                .findFirst()
                .orElseThrow();
        assertThat(rclone("cat", "--s3-versions", "sandbox:tide/" + old).ok().out())
                .isEqualTo("one");
        rclone("deletefile", "sandbox:tide/note.txt").ok();
        assertThat(rclone("lsf", "sandbox:tide").ok().out()).isEmpty();
        assertThat(rclone("lsf", "--s3-versions", "sandbox:tide").ok().out().lines())
                .hasSize(2);
        var listed = server.client().listObjectVersions(b -> b.bucket("tide"));
        assertThat(listed.versions()).hasSize(2);
        assertThat(listed.deleteMarkers())
                .singleElement()
                .satisfies(marker -> assertThat(marker.isLatest()).isTrue());
    }

    @Test
    void metadata_holds_the_time_of_the_file() throws Exception {
        var file = Files.writeString(home.resolve("note.txt"), "one");
        rclone("copy", file.toString(), "sandbox:tide").ok();
        assertThat(server.client()
                        .headObject(b -> b.bucket("tide").key("note.txt"))
                        .metadata())
                .containsKey("mtime");
    }
}
