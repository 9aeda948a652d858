package io.tidelock.sandbox.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/** Files to copy there and back. */
final class FileTree {
    private static final FileTime WRITTEN = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

    private FileTree() {}

    /** Files of every awkward kind: empty, nested, with blanks and letters beyond ASCII, of 0 to 70,000 bytes. */
    static Path make(Path root, long seed) throws IOException {
        var random = new Random(seed);
        Files.createDirectories(root);
        write(root.resolve("empty"), new byte[0]);
        write(root.resolve("with blank.txt"), bytes(random, 17));
        write(root.resolve("größe-中.bin"), bytes(random, 1_000));
        write(root.resolve("plus+and&amp=;.x"), bytes(random, 8_192));
        for (int i = 0; i < 12; i++) {
            write(root.resolve("deep").resolve("d" + i % 3).resolve("f" + i), bytes(random, random.nextInt(70_000)));
        }
        return root;
    }

    static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.write(file, bytes);
        // Stores list times in whole seconds: a file written in the second of its upload would look newer than its
        // object.
        Files.setLastModifiedTime(file, WRITTEN);
    }

    /** Every file's content, by its path below the root. */
    static Map<String, String> contents(Path root) throws IOException {
        var contents = new HashMap<String, String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
