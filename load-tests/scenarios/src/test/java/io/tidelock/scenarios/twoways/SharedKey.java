package io.tidelock.scenarios.twoways;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** A key that people write to on both sides, and a ledger of what they did. Thread-safe. */
final class SharedKey {
    /** What a delete leaves on top. */
    static final String MARKER = "a marker";

    private final TwoWays ways;
    private final String key;
    private final AtomicInteger entries = new AtomicInteger();
    private final Map<Side, Queue<String>> texts =
            Map.of(Side.PARIS, new ConcurrentLinkedQueue<>(), Side.FRANKFURT, new ConcurrentLinkedQueue<>());
    private final Queue<String> story = new ConcurrentLinkedQueue<>();

    SharedKey(TwoWays ways, String key) {
        this.ways = ways;
        this.key = key;
    }

    String key() {
        return key;
    }

    /** The bytes of every version that a person wrote, as text; no two are the same. */
    List<String> texts() {
        return texts.values().stream().flatMap(Queue::stream).toList();
    }

    /** Those that were written on a side. */
    List<String> texts(Side side) {
        return List.copyOf(textsOf(side));
    }

    private Queue<String> textsOf(Side side) {
        return Objects.requireNonNull(texts.get(side), "both sides have a ledger");
    }

    /** How many versions and markers people made. */
    int entries() {
        return entries.get();
    }

    @Override
    public String toString() {
        return key;
    }

    /** What people did, roughly in order where both sides did something at once. */
    String story() {
        return key + ": " + String.join(", ", story);
    }

    /** One more change of any kind. */
    void change(Side side, Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> put(side);
            case 5, 6 -> delete(side);
            default -> tag(side, random.nextInt(1_000));
        }
    }

    /** A change of what is shown, at times two within the same second; returns what has to be shown then. */
    String answer(Side side, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> delete(side);
            case 1 -> {
                delete(side);
                yield put(side);
            }
            default -> put(side);
        };
    }

    /** Writes a version, every other one with a tag; returns its text. */
    String put(Side side) {
        var text = key + " as of " + entries.incrementAndGet() + " in " + side.place();
        ways.people(side)
                .putObject(
                        request -> request.bucket(side.bucket())
                                .key(key)
                                .metadata(Map.of("n", text))
                                .tagging(text.hashCode() % 2 == 0 ? "from=" + side.place() : ""),
                        RequestBody.fromString(text));
        textsOf(side).add(text);
        story.add("put " + text);
        return text;
    }

    /** Makes a marker. */
    String delete(Side side) {
        entries.incrementAndGet();
        ways.people(side).deleteObject(request -> request.bucket(side.bucket()).key(key));
        story.add("delete in " + side.place());
        return MARKER;
    }

    /** Changes the tags of what the side shows, be it its own or a replica; nothing where it shows nothing. */
    void tag(Side side, int value) {
        try {
            var shown = ways.people(side)
                    .headObject(request -> request.bucket(side.bucket()).key(key))
                    .versionId();
            ways.people(side)
                    .putObjectTagging(request -> request.bucket(side.bucket())
                            .key(key)
                            .versionId(shown)
                            .tagging(tags -> tags.tagSet(Tag.builder()
                                    .key("n")
                                    .value(Integer.toString(value))
                                    .build())));
            story.add("tag " + value + " in " + side.place());
        } catch (S3Exception nothingShown) {
            if (nothingShown.statusCode() != 404) {
                throw nothingShown;
            }
        }
    }
}
