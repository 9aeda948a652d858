package io.tidelock.scenarios.twoways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.scenarios.verify.ReadVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What both buckets hold at rest, judged by the ledgers of their keys alone. */
final class BothSides {
    private static final String MARK = "tidelock-origin";

    private final Map<Side, Map<String, List<ReadVersion>>> held = new EnumMap<>(Side.class);

    BothSides(TwoWays ways) throws InterruptedException {
        for (var side : Side.values()) {
            held.put(side, ways.read(side));
        }
    }

    /** What a person sees of a version; of a marker only that it is one. */
    private record Seen(
            String sha256, Map<String, String> headers, Map<String, String> metadata, Map<String, String> tags) {
        static Seen of(ReadVersion version) {
            var metadata = new HashMap<>(version.metadata());
            metadata.remove(MARK);
            return new Seen(version.sha256(), version.headers(), metadata, version.tags());
        }
    }

    /** Both sides show the same of the key. */
    void showTheSame(SharedKey key) {
        assertThat(current(Side.PARIS, key).map(Seen::of))
                .as(story(key))
                .isEqualTo(current(Side.FRANKFURT, key).map(Seen::of));
    }

    /** What a side shows of the key: a version's text, or that it is a marker. */
    String shown(Side side, SharedKey key) {
        return current(side, key)
                .map(version -> version.marker() ? SharedKey.MARKER : text(version))
                .orElse("nothing");
    }

    /** Every version that a person wrote is on both sides, with the same tags, and nothing else is. */
    void holdAll(SharedKey key) {
        var written = key.texts().stream().map(BothSides::sha256).collect(Collectors.toSet());
        for (var side : Side.values()) {
            assertThat(newest(side, key).keySet()).as(side + ": " + story(key)).isEqualTo(written);
            assertThat(originals(side, key).stream().map(BothSides::text))
                    .as("no echo in " + side + ": " + story(key))
                    .containsExactlyInAnyOrderElementsOf(key.texts(side));
        }
        assertThat(newest(Side.PARIS, key)).as(story(key)).isEqualTo(newest(Side.FRANKFURT, key));
    }

    /** What people did to the key, and what either side holds of it, the oldest first. */
    String story(SharedKey key) {
        return key.story() + "; " + stack(Side.PARIS, key) + "; " + stack(Side.FRANKFURT, key);
    }

    private String stack(Side side, SharedKey key) {
        return side + " "
                + of(side, key).stream()
                        .map(version -> version.marker()
                                ? SharedKey.MARKER
                                : text(version) + (isCopy(version) ? " (copy) " : " ") + version.tags())
                        .toList();
    }

    /** How many versions and markers a side holds. */
    int entries(Side side, SharedKey key) {
        return of(side, key).size();
    }

    /** Whether Tidelock wrote it. */
    private static boolean isCopy(ReadVersion version) {
        return version.metadata().containsKey(MARK);
    }

    /** What its writer called it, the same on both sides. */
    static String text(ReadVersion version) {
        return version.metadata().getOrDefault("n", "");
    }

    /** What nothing but a person can have written to that side, the oldest first. */
    List<ReadVersion> originals(Side side, SharedKey key) {
        return of(side, key).stream()
                .filter(version -> !version.marker() && !isCopy(version))
                .toList();
    }

    /** The tags of each content; of what was put back on top, those of the newest copy. */
    private Map<String, Map<String, String>> newest(Side side, SharedKey key) {
        var tags = new HashMap<String, Map<String, String>>();
        for (var version : of(side, key)) {
            if (!version.marker()) {
                tags.put(version.sha256(), version.tags());
            }
        }
        return tags;
    }

    private Optional<ReadVersion> current(Side side, SharedKey key) {
        var entries = of(side, key);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    private List<ReadVersion> of(Side side, SharedKey key) {
        return held.getOrDefault(side, Map.of()).getOrDefault(key.key(), List.of());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
