package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.replicator.store.ReplicaWrite;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a rule makes of one version, as a short text that is equal exactly where the replica would be: a changed rule that
 * decides the same lets an upload go on. The precondition is left out, as it is sent only at the end.
 */
final class WriteRevision {
    private WriteRevision() {}

    static String of(ReplicaWrite write) {
        var all = List.of(
                write.destination(),
                write.sizeBytes(),
                write.content(),
                sorted(write.userMetadata()),
                sorted(write.tags()),
                String.valueOf(write.storageClass()),
                write.encryption(),
                String.valueOf(write.acl().canned()),
                write.acl().grants().stream().map(Object::toString).sorted().toList(),
                String.valueOf(write.checksum()),
                write.lock(),
                write.retained());
        return sha256(all.stream().map(WriteRevision::framed).collect(Collectors.joining()));
    }

    /** Sets and maps have another order in every process. */
    private static String sorted(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> framed(entry.getKey()) + framed(entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static String framed(Object part) {
        var text = part.toString();
        return text.length() + ":" + text;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
