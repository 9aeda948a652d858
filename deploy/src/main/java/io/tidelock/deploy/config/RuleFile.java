package io.tidelock.deploy.config;

import io.tidelock.replicator.rule.document.Leniency;
import io.tidelock.replicator.rule.document.RuleDocument;
import io.tidelock.replicator.rule.document.RuleDocuments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of rules, or says why it is none. */
sealed interface RuleFile {
    /** What the document in the file became. */
    record Read(RuleDocument document) implements RuleFile {}

    /** There is no text to look at. */
    record Unread(String problem, String remedy) implements RuleFile {}

    /** Reads a regular file, and never more than a document may have. */
    static RuleFile read(Path file, Leniency leniency) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Unread(
                    "names " + (Files.isDirectory(file) ? "a directory" : "a device or a pipe") + ", not a file",
                    "name a file that holds a ReplicationConfiguration");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(RuleDocuments.DOCUMENT_BYTES_MAX + 1);
            if (bytes.length > RuleDocuments.DOCUMENT_BYTES_MAX) {
                return new Unread(
                        "names a file of more than " + RuleDocuments.DOCUMENT_BYTES_MAX + " bytes",
                        "name a ReplicationConfiguration");
            }
            return new Read(document(text(bytes), leniency));
        } catch (CharacterCodingException e) {
            return new Unread("names a file that is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            return new Unread(
                    "names a file that cannot be read",
                    "correct the path, which is relative to the configuration file, or the file's rights");
        }
    }

    private static RuleDocument document(String text, Leniency leniency) {
        return text.stripLeading().startsWith("<")
                ? RuleDocuments.fromXml(text, leniency)
                : RuleDocuments.fromJson(text, leniency);
    }

    /** Without the byte order mark; UTF-16 without one shows by its zeroes, which neither JSON nor XML may have. */
    private static String text(byte[] bytes) throws CharacterCodingException {
        var text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        if (text.indexOf('\0') >= 0) {
            throw new CharacterCodingException();
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
