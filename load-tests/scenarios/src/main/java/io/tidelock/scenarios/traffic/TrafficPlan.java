package io.tidelock.scenarios.traffic;

import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.Copy;
import io.tidelock.scenarios.traffic.Step.Delete;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import io.tidelock.scenarios.traffic.Step.Put;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An endless, seeded plan of changes as buckets see them: mostly small new objects, some large, some empty, overwrites, copies, deletes, keys
 * that come back, tags, metadata, three kinds of encryption, and odd keys. Every put differs from every other. Not thread-safe.
 */
public final class TrafficPlan {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final int LARGEST_AT = 20;
    private static final int LIVE_KEYS_MAX = 100_000;
    private static final int DELETED_KEYS_MAX = 1_000;

    private final SplittableRandom random;
    private final long objectSizeMaxBytes;
    private final List<String> live = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private int steps;
    private int puts;
    private int newKeys;

    /**
     * A plan.
     *
     * @param seed decides everything
     * @param objectSizeMaxBytes no object is larger, and one of the first is exactly as large
     */
    public TrafficPlan(long seed, long objectSizeMaxBytes) {
        if (objectSizeMaxBytes < 0) {
            throw new IllegalArgumentException("max-object-size must not be negative, was " + objectSizeMaxBytes);
        }
        this.random = new SplittableRandom(seed);
        this.objectSizeMaxBytes = objectSizeMaxBytes;
    }

    /** What happens next. */
    public Step next() {
        steps++;
        var roll = random.nextInt(100);
        if (live.size() > 10 && roll < 10) {
            return new Delete(remember(live.remove(random.nextInt(live.size()))));
        }
        if (live.size() > 10 && roll < 12) {
            // nothing happens to a copy later: it is ordered with its source, not with its own key
            return new Copy(anyLive(), newKey());
        }
        puts++;
        return new Put(keyOfPut(roll), new Content(size(), random.nextLong()), attributes());
    }

    private String keyOfPut(int roll) {
        if (!deleted.isEmpty() && roll < 14) {
            return add(deleted.remove(random.nextInt(deleted.size())));
        }
        return live.size() > 10 && roll < 40 ? anyLive() : add(newKey());
    }

    private String remember(String key) {
        if (deleted.size() < DELETED_KEYS_MAX) {
            deleted.add(key);
        }
        return key;
    }

    private String anyLive() {
        return live.get(random.nextInt(live.size()));
    }

    private String add(String key) {
        if (live.size() < LIVE_KEYS_MAX) {
            live.add(key);
        } else {
            live.set(random.nextInt(live.size()), key);
        }
        return key;
    }

    private String newKey() {
        newKeys++;
        return newKeys % 10 == 0
                ? OddKeys.of(newKeys / 10)
                : "album-%02d/IMG-%06d.jpg".formatted(random.nextInt(20), newKeys);
    }

    private long size() {
        if (puts == LARGEST_AT) {
            return objectSizeMaxBytes;
        }
        var roll = random.nextInt(1000);
        if (roll < 30) {
            return 0;
        }
        if (roll < 530) {
            return between(1, 4 * KIB);
        }
        if (roll < 830) {
            return between(4 * KIB, 64 * KIB);
        }
        if (roll < 980) {
            return between(64 * KIB, MIB);
        }
        return roll < 998 ? between(MIB, 8 * MIB) : between(8 * MIB, 64 * MIB);
    }

    /** As many of one magnitude as of the next. */
    private long between(double from, double to) {
        var size = Math.exp(random.nextDouble(Math.log(from), Math.log(to)));
        return Math.min(Math.round(size), objectSizeMaxBytes);
    }

    private Attributes attributes() {
        return new Attributes(headers(), metadata(), tags(), encryption(), storageClass());
    }

    private Map<String, String> headers() {
        var headers = new HashMap<String, String>();
        headers.put("content-type", oneOf("image/jpeg", "text/plain; charset=utf-8", "application/octet-stream"));
        sometimes(headers, "cache-control", "public, max-age=31536000");
        sometimes(headers, "content-disposition", "attachment; filename=\"a b.jpg\"");
        sometimes(headers, "content-encoding", "br");
        sometimes(headers, "content-language", "de-DE, en-CA");
        sometimes(headers, "expires", "Wed, 21 Oct 2037 07:28:00 GMT");
        sometimes(headers, "x-amz-website-redirect-location", "/elsewhere.html");
        return headers;
    }

    private void sometimes(Map<String, String> into, String name, String value) {
        if (random.nextInt(10) == 0) {
            into.put(name, value);
        }
    }

    private Map<String, String> metadata() {
        var metadata = new HashMap<String, String>();
        metadata.put("write", Integer.toString(steps));
        if (random.nextInt(5) == 0) {
            metadata.put("camera", "Tide 4000 (rev=2; f/1.8)");
            metadata.put("with-dashes.and_dots", "a, b;  c");
        }
        if (random.nextInt(200) == 0) {
            metadata.put("long", "m".repeat(1_900));
        }
        return metadata;
    }

    private Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        if (random.nextInt(6) == 0) {
            tags.put("team", oneOf("tide", "moon", "shore"));
            tags.put("odd + key", "v=1/2@3:4_5.6-7 caf\u00e9");
            for (int more = random.nextInt(9); more > 0; more--) {
                tags.put("tag-" + more, "");
            }
        }
        return tags;
    }

    private EncryptionWish encryption() {
        var roll = random.nextInt(100);
        if (roll < 25) {
            return EncryptionWish.SSE_KMS;
        }
        return roll < 40 ? EncryptionWish.SSE_S3 : EncryptionWish.NOTHING;
    }

    private Optional<String> storageClass() {
        return random.nextInt(10) == 0
                ? Optional.of(oneOf("STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING"))
                : Optional.empty();
    }

    private String oneOf(String... values) {
        return values[random.nextInt(values.length)];
    }
}
