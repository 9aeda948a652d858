package io.tidelock.scenarios.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/** A random life of one key of a versioned bucket, with a ledger of what was written in which order. */
final class KeyLife {
    private final S3Client client;
    private final String bucket;
    private final String key;
    private final Random random;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> removed = new HashSet<>();
    private final Map<String, String> tags = new HashMap<>();

    KeyLife(S3Client client, String bucket, String key, Random random) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.random = random;
    }

    /**
     * One version or marker that was once on top of the key.
     *
     * @param place how many came before it
     * @param content the version's bytes as text, which no other version has, or null for a marker
     */
    record Entry(int place, String versionId, @Nullable String content) {
        boolean isMarker() {
            return content == null;
        }
    }

    String key() {
        return key;
    }

    /** All that was ever written, in order. */
    List<Entry> entries() {
        return entries;
    }

    /** Whether the source was left with it. */
    boolean holds(Entry entry) {
        return !removed.contains(entry.versionId());
    }

    /** The version's tag as it was set last, empty where none was. */
    String tag(Entry entry) {
        return tags.getOrDefault(entry.versionId(), "");
    }

    /** One more change. */
    void change() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> put();
            case 5, 6 -> delete();
            case 7 -> remove();
            default -> retag();
        }
    }

    private void put() {
        var content = key + " as of " + entries.size();
        var put = client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
        entries.add(new Entry(entries.size(), put.versionId(), content));
    }

    private void delete() {
        var marker = client.deleteObject(request -> request.bucket(bucket).key(key));
        entries.add(new Entry(entries.size(), Objects.requireNonNull(marker.versionId()), null));
    }

    private void remove() {
        var there = entries.stream().filter(this::holds).toList();
        if (!there.isEmpty()) {
            var id = there.get(random.nextInt(there.size())).versionId();
            client.deleteObject(request -> request.bucket(bucket).key(key).versionId(id));
            removed.add(id);
        }
    }

    private void retag() {
        var there = entries.stream()
                .filter(entry -> holds(entry) && !entry.isMarker())
                .toList();
        if (!there.isEmpty()) {
            var id = there.get(random.nextInt(there.size())).versionId();
            var value = Integer.toString(random.nextInt(1_000_000));
            client.putObjectTagging(request -> request.bucket(bucket)
                    .key(key)
                    .versionId(id)
                    .tagging(tagging ->
                            tagging.tagSet(Tag.builder().key("n").value(value).build())));
            tags.put(id, value);
        }
    }
}
