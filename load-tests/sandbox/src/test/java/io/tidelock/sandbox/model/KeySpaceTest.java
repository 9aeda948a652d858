package io.tidelock.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks all pages of generated buckets and compares them with a listing that is made the slow way. */
class KeySpaceTest {
    private static final Comparator<String> BY_BYTES = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    private static final List<String> PIECES =
            List.of("a", "b", "/", "//", "\u00E9", "\uFFEE", "\uD83D\uDE00", "\uDBFF\uDFFF", "-");

    static Stream<Long> seeds() {
        return IntStream.range(0, 300).mapToObj(Long::valueOf);
    }

    /** Markers of a bucket with a few keys, of which some have several versions; the newest first. */
    private static List<Version> fill(KeySpace space, Random random) {
        var written = new ArrayList<Version>();
        for (var i = random.nextInt(40); i > 0; i--) {
            var key = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(_ -> PIECES.get(random.nextInt(PIECES.size())))
                    .collect(Collectors.joining());
            var version = new DeleteMarker(key, "v" + i, Instant.EPOCH, "", "");
            space.append(version);
            written.add(version);
        }
        return written.reversed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void all_pages_of_versions_together_are_the_whole_listing(long seed) {
        // Given
        var random = new Random(seed);
        var space = new KeySpace();
        var written = fill(space, random);
        var prefix = random.nextBoolean() ? "" : PIECES.get(random.nextInt(PIECES.size()));
        var delimiter = random.nextBoolean() ? "" : "/";
        // When
        var versions = new ArrayList<String>();
        var groups = new ArrayList<String>();
        var marker = new VersionListing.Marker("", Optional.empty());
        for (Optional<VersionListing.Marker> next = Optional.of(marker); next.isPresent(); ) {
            var max = 1 + random.nextInt(5);
            var page = space.versions(new VersionListing.Query(
                    prefix, delimiter, next.get().key(), next.get().versionId(), max));
            assertThat(page.rows().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(max);
            page.rows()
                    .forEach(row -> versions.add(
                            row.version().key() + " " + row.version().versionId()));
            groups.addAll(page.commonPrefixes());
            next = page.next();
        }
        // Then
        var expectedGroups = new LinkedHashSet<String>();
        var expected = new ArrayList<String>();
        written.stream()
                .sorted(Comparator.comparing(Version::key, BY_BYTES))
                .filter(version -> version.key().startsWith(prefix))
                .forEach(version -> {
                    var end = delimiter.isEmpty() ? -1 : version.key().indexOf(delimiter, prefix.length());
                    if (end < 0) {
                        expected.add(version.key() + " " + version.versionId());
                    } else {
                        expectedGroups.add(version.key().substring(0, end + 1));
                    }
                });
        assertThat(versions).as("seed %d", seed).containsExactlyElementsOf(expected);
        assertThat(groups).as("seed %d", seed).containsExactlyElementsOf(expectedGroups);
    }
}
