package io.tidelock.deploy.command;

import io.tidelock.compliance.snapshot.SnapshotRead;
import io.tidelock.compliance.snapshot.SnapshotReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where snapshots come from: a file, every {@code .json} file below a directory, or standard input. */
final class SnapshotSource {
    private static final int FILE_BYTES_MAX = 64 << 20;

    private final String where;
    private final InputStream standardInput;

    /** @param where a path, or {@code -} for standard input with one snapshot a line */
    SnapshotSource(String where, InputStream standardInput) {
        this.where = where;
        this.standardInput = standardInput;
    }

    /**
     * Hands over one snapshot after another, so that memory does not grow with their number; one that cannot be read is
     * handed over as refused.
     *
     * @throws IOException when the source itself cannot be read
     */
    void forEach(Consumer<SnapshotRead> consumer) throws IOException {
        if (where.equals("-")) {
            lines(consumer);
            return;
        }
        var path = Path.of(where);
        if (!Files.isDirectory(path)) {
            var name = path.getFileName();
            consumer.accept(file(name == null ? where : name.toString(), path));
            return;
        }
        try (var files = Files.walk(path)) {
            var found = files.filter(file -> file.toString().endsWith(".json") && !Files.isDirectory(file))
                    .sorted()
                    .toList();
            found.forEach(file -> consumer.accept(file(path.relativize(file).toString(), file)));
        }
    }

    private static SnapshotRead file(String name, Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return new SnapshotRead.Refused(name, "the file is longer than " + FILE_BYTES_MAX + " bytes");
            }
            return SnapshotReader.read(name, Files.readAllBytes(file));
        } catch (AccessDeniedException e) {
            return new SnapshotRead.Refused(
                    name, "the file may not be read by this user; give it the right to read it");
        } catch (IOException e) {
            return new SnapshotRead.Refused(name, "the file cannot be read: " + e);
        }
    }

    /** Standard input holds one whole document, or one snapshot a line, as {@code tidelock snapshot} prints them. */
    private void lines(Consumer<SnapshotRead> consumer) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8));
        var number = 0;
        var pretty = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            if (pretty.isEmpty()
                    && line.stripLeading().startsWith("{")
                    && line.stripTrailing().endsWith("}")) {
                consumer.accept(SnapshotReader.read("-:" + number, line.getBytes(StandardCharsets.UTF_8)));
            } else {
                // a document that is spread over lines: there is only one of that kind
                pretty.append(line).append('\n');
                if (pretty.length() > FILE_BYTES_MAX) {
                    consumer.accept(new SnapshotRead.Refused("-", "the document is longer than " + FILE_BYTES_MAX));
                    return;
                }
            }
        }
        if (!pretty.isEmpty() || number == 0) {
            consumer.accept(SnapshotReader.read("-", pretty.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
