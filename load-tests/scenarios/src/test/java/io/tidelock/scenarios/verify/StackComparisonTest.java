package io.tidelock.scenarios.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.scenarios.verify.Difference.Kind;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackComparisonTest {
    private static final String SOURCE_OWNER = "aa";
    private static final String OWNER = "bb";
    private static final String KEY_ARN = "arn:aws:kms:eu-central-1:444455556666:key/1";
    private static final ReplicaPolicy EXACT = policy(History.EXACT, Optional.empty(), true);
    private static final ReplicaPolicy EVENTUAL = policy(History.EVENTUAL, Optional.empty(), true);

    private final ReadVersion one = version("1", "a".repeat(64), Map.of("write", "1"));
    private final ReadVersion two = version("2", "b".repeat(64), Map.of("write", "2"));
    private final ReadVersion marker = ReadVersion.marker("k", "3", SOURCE_OWNER);

    @Test
    void a_faithful_replica_has_no_difference() {
        assertThat(kinds(List.of(one, marker, two), List.of(of(one), of(marker), of(two)), EXACT))
                .isEmpty();
    }

    @Test
    void a_corrupted_byte_is_one_difference_in_bytes() {
        var corrupted = new ReadVersion(
                "k",
                "r",
                false,
                5,
                "c".repeat(64),
                one.headers(),
                one.metadata(),
                one.tags(),
                "AES256",
                "STANDARD",
                OWNER);
        assertThat(kinds(List.of(one, two), List.of(corrupted, of(two)), EXACT)).containsExactly(Kind.BYTES);
    }

    @Test
    void two_swapped_versions_are_one_difference_in_order() {
        assertThat(kinds(List.of(one, two), List.of(of(two), of(one)), EXACT)).containsExactly(Kind.ORDER);
    }

    @Test
    void a_marker_below_the_version_it_should_hide_is_a_difference_in_order() {
        assertThat(kinds(List.of(one, marker), List.of(of(marker), of(one)), EXACT))
                .containsExactly(Kind.ORDER);
    }

    @Test
    void a_missing_and_an_extra_version_are_named() {
        assertThat(kinds(List.of(one, two), List.of(of(one)), EXACT)).containsExactly(Kind.MISSING);
        assertThat(kinds(List.of(one), List.of(of(one), of(marker)), EXACT)).containsExactly(Kind.EXTRA);
        assertThat(kinds(List.of(one), List.of(of(one), of(one)), EXACT)).containsExactly(Kind.EXTRA);
    }

    @Test
    void each_attribute_that_differs_is_named() {
        var replica = of(one);
        assertThat(kinds(List.of(one), List.of(with(replica, "owner", SOURCE_OWNER)), EXACT))
                .containsExactly(Kind.OWNER);
        assertThat(kinds(List.of(one), List.of(with(replica, "storage", "GLACIER")), EXACT))
                .containsExactly(Kind.STORAGE_CLASS);
        assertThat(kinds(List.of(one), List.of(with(replica, "encryption", "none")), EXACT))
                .containsExactly(Kind.ENCRYPTION);
        assertThat(kinds(List.of(one), List.of(with(replica, "tags", "")), EXACT))
                .containsExactly(Kind.TAGS);
        assertThat(kinds(List.of(one), List.of(with(replica, "headers", "")), EXACT))
                .containsExactly(Kind.HEADERS);
        assertThat(kinds(List.of(one), List.of(with(replica, "metadata", "")), EXACT))
                .containsExactly(Kind.METADATA);
    }

    @Test
    void the_owner_of_a_marker_counts() {
        assertThat(kinds(List.of(marker), List.of(marker), EXACT)).containsExactly(Kind.OWNER);
    }

    @Test
    void kms_sources_get_the_replica_key_and_the_rule_decides_the_storage_class() {
        var encrypted = with(one, "encryption", "aws:kms arn:aws:kms:eu-west-3:111122223333:key/9");
        var replica = with(with(of(one), "encryption", "aws:kms " + KEY_ARN), "storage", "STANDARD_IA");
        assertThat(kinds(List.of(encrypted), List.of(replica), policy(History.EXACT, Optional.of("STANDARD_IA"), true)))
                .isEmpty();
        assertThat(kinds(List.of(encrypted), List.of(with(of(one), "encryption", encrypted.encryption())), EXACT))
                .containsExactly(Kind.ENCRYPTION);
    }

    @Test
    void markers_that_are_not_propagated_are_not_expected() {
        assertThat(kinds(List.of(one, marker), List.of(of(one)), policy(History.EXACT, Optional.empty(), false)))
                .isEmpty();
    }

    @Test
    void repeated_and_late_copies_are_eventually_fine_as_long_as_the_last_one_is_on_top() {
        assertThat(kinds(List.of(one, two), List.of(of(two), of(one), of(two)), EVENTUAL))
                .isEmpty();
        assertThat(kinds(List.of(one, two), List.of(of(two), of(one)), EVENTUAL))
                .containsExactly(Kind.CURRENT);
        assertThat(kinds(List.of(one, two), List.of(of(two)), EVENTUAL)).containsExactly(Kind.MISSING);
        assertThat(kinds(List.of(one), List.of(of(two), of(one)), EVENTUAL)).containsExactly(Kind.EXTRA);
    }

    @Test
    void a_marker_that_came_late_may_be_missing_below_what_is_newer_but_never_on_top() {
        assertThat(kinds(List.of(one, marker, two), List.of(of(one), of(two)), EVENTUAL))
                .isEmpty();
        assertThat(kinds(List.of(one, marker, two), List.of(of(one), of(two)), EXACT))
                .containsExactly(Kind.MISSING);
        assertThat(kinds(List.of(one, two, marker), List.of(of(one), of(two)), EVENTUAL))
                .containsExactly(Kind.CURRENT);
    }

    private static List<Kind> kinds(List<ReadVersion> source, List<ReadVersion> replica, ReplicaPolicy policy) {
        return StackComparison.compare("k", source, replica, policy).stream()
                .map(Difference::kind)
                .toList();
    }

    private static ReplicaPolicy policy(History history, Optional<String> storageClass, boolean markers) {
        return new ReplicaPolicy(OWNER, KEY_ARN, "AES256", storageClass, markers, Set.of("tidelock-origin"), history);
    }

    private static ReadVersion version(String id, String sha256, Map<String, String> metadata) {
        return new ReadVersion(
                "k",
                id,
                false,
                5,
                sha256,
                Map.of("content-type", "text/plain"),
                metadata,
                Map.of("team", "tide"),
                "AES256",
                "STANDARD",
                SOURCE_OWNER);
    }

    /** The replica as it should be. */
    private static ReadVersion of(ReadVersion source) {
        if (source.marker()) {
            return ReadVersion.marker("k", "r" + source.versionId(), OWNER);
        }
        var marked = new HashMap<>(source.metadata());
        marked.put("tidelock-origin", "mark");
        return new ReadVersion(
                "k",
                "r" + source.versionId(),
                false,
                source.sizeBytes(),
                source.sha256(),
                source.headers(),
                marked,
                source.tags(),
                source.encryption(),
                source.storageClass(),
                OWNER);
    }

    private static ReadVersion with(ReadVersion was, String attribute, String value) {
        return new ReadVersion(
                was.key(),
                was.versionId(),
                false,
                was.sizeBytes(),
                was.sha256(),
                attribute.equals("headers") ? Map.of() : was.headers(),
                attribute.equals("metadata") ? Map.of() : was.metadata(),
                attribute.equals("tags") ? Map.of() : was.tags(),
                attribute.equals("encryption") ? value : was.encryption(),
                attribute.equals("storage") ? value : was.storageClass(),
                attribute.equals("owner") ? value : was.owner());
    }
}
