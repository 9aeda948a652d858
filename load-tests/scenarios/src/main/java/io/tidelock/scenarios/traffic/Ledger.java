package io.tidelock.scenarios.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was written, by key in order: what both sides are held against in the end. Thread-safe. */
public final class Ledger implements TrafficListener {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Map<String, List<Written>> byKey = new ConcurrentHashMap<>();

    /**
     * One entry.
     *
     * @param versionId the id that the source gave
     * @param content its bytes, null for a delete marker
     */
    public record Written(String versionId, @Nullable Content content) {
        public boolean marker() {
            return content == null;
        }

        /** The digest of the bytes in lower-case hex, empty for a marker; made from the seed, so it costs time. */
        public String sha256() {
            return content == null ? "" : digest(content);
        }
    }

    @Override
    public void put(String key, String versionId, Content content) {
        add(key, new Written(versionId, content));
    }

    @Override
    public void copied(String from, String key, String versionId) {
        var entries = byKey.get(from);
        if (entries == null) {
            throw new IllegalStateException("\"" + from + "\" was copied and never written");
        }
        synchronized (entries) {
            add(key, new Written(versionId, entries.getLast().content()));
        }
    }

    @Override
    public void deleted(String key, String versionId) {
        add(key, new Written(versionId, null));
    }

    /** A copy of all entries by key, oldest first. */
    public Map<String, List<Written>> entries() {
        var copy = new TreeMap<String, List<Written>>();
        byKey.forEach((key, entries) -> {
            synchronized (entries) {
                copy.put(key, List.copyOf(entries));
            }
        });
        return copy;
    }

    private void add(String key, Written written) {
        var entries = byKey.computeIfAbsent(key, _ -> new ArrayList<>());
        synchronized (entries) {
            entries.add(written);
        }
    }

    private static String digest(Content content) {
        try (var bytes = ObjectWriter.open(content)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER_BYTES];
            for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
