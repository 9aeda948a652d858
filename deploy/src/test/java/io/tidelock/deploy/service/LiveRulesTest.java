package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.deploy.config.Replication;
import io.tidelock.deploy.config.Site;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.KeyMapping;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.document.Leniency;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LiveRulesTest {
    private static final Bucket PHOTOS = new Bucket("paris", "photos");
    private static final Bucket SCANS = new Bucket("paris", "scans");
    private static final Bucket MAPS = new Bucket("paris", "maps");
    private static final String DENIED = "denied";

    /** What the source buckets hold; a missing entry is a bucket without a configuration. */
    private final Map<Bucket, String> documents = new HashMap<>();

    /** A store that answers nothing but replication configurations. */
    private final ObjectStore store = (ObjectStore) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (_, method, arguments) -> {
                if (!method.getName().equals("replicationConfiguration")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                var document = documents.get((Bucket) arguments[0]);
                if (DENIED.equals(document)) {
                    throw new StoreException(StoreFailure.DENIED, "GetBucketReplication", "AccessDenied", null);
                }
                return Optional.ofNullable(document);
            });

    private static String rule(String id) {
        return """
            <ReplicationConfiguration><Role>r</Role><Rule><ID>%s</ID><Status>Enabled</Status><Prefix></Prefix>
            <Destination><Bucket>arn:aws:s3:::replicas</Bucket></Destination></Rule></ReplicationConfiguration>
            """.formatted(id);
    }

    private static Replication fromBucket(Bucket source, String keyPrefix, Duration every) {
        return fromBucket(source, keyPrefix, every, "replicas");
    }

    private static Replication fromBucket(Bucket source, String keyPrefix, Duration every, String destination) {
        return new Replication(
                source,
                Optional.empty(),
                Optional.empty(),
                Map.of(destination, new Place("frankfurt", new KeyMapping("", keyPrefix), AclPolicy.COPY)),
                Map.of("frankfurt", new Site("frankfurt", "eu-central-1", "444455556666")),
                History.FULL,
                Leniency.NONE,
                every,
                Map.of(),
                Set.of(),
                Map.of());
    }

    private LiveRules rules(Replication... all) {
        return new LiveRules(List.of(all), Map.of("paris", store));
    }

    private static List<String> ids(LiveRules rules) {
        return ids(rules, PHOTOS);
    }

    private static List<String> ids(LiveRules rules, Bucket source) {
        return rules.get().candidates(source, "k").stream()
                .flatMap(candidates -> candidates.rules().stream())
                .map(ReplicationRule::id)
                .toList();
    }

    @Test
    void rules_that_changed_in_the_bucket_are_in_force_after_the_next_reading() {
        // Given
        documents.put(PHOTOS, rule("one"));
        var rules = rules(fromBucket(PHOTOS, "", Duration.ofMinutes(5)));
        documents.put(PHOTOS, rule("two"));
        var before = ids(rules);

        // When
        var changed = rules.refresh();
        var again = rules.refresh();

        // Then
        assertThat(before).containsExactly("one");
        assertThat(changed).isTrue();
        assertThat(ids(rules)).containsExactly("two");
        assertThat(again).isFalse();
    }

    @Test
    void rules_that_cannot_be_read_or_used_leave_the_former_ones_in_force() {
        documents.put(PHOTOS, rule("one"));
        var rules = rules(fromBucket(PHOTOS, "", Duration.ofMinutes(5)));
        for (var bad : List.of(DENIED, "<no", rule("two").replace("replicas", "elsewhere"))) {
            // Given
            documents.put(PHOTOS, bad);

            // When
            var changed = rules.refresh();

            // Then
            assertThat(changed).as(bad).isFalse();
            assertThat(ids(rules)).containsExactly("one");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "777788889999, eu-central-1, 'Destination.Account 777788889999, and the store frankfurt has the account 444455556666'",
        "444455556666, eu-west-3, 'a key of the region eu-west-3, and the store frankfurt is in eu-central-1'"
    })
    void rules_that_do_not_fit_the_store_of_their_destination_are_not_taken(
            String account, String region, String problem) {
        // Given
        documents.put(PHOTOS, rule("one"));
        var rules = rules(fromBucket(PHOTOS, "", Duration.ofMinutes(5)));
        documents.put(
                PHOTOS, rule("two").replace("<Destination>", """
            <SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects>
            </SourceSelectionCriteria><Destination>""").replace("</Bucket>", """
            </Bucket><Account>%s</Account><EncryptionConfiguration><ReplicaKmsKeyID>arn:aws:kms:%s:444455556666:key/1\
            </ReplicaKmsKeyID></EncryptionConfiguration>""".formatted(account, region)));

        // When
        var changed = rules.refresh();

        // Then
        assertThat(changed).isFalse();
        assertThat(ids(rules)).containsExactly("one");
        assertThatThrownBy(() -> rules(fromBucket(PHOTOS, "", Duration.ofMinutes(5))))
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void rules_that_are_no_good_hold_up_no_other_bucket(String name) {
        // Given
        documents.put(PHOTOS, HostileRules.good("one").replace("photos-replica", "replicas"));
        documents.put(SCANS, rule("scans"));
        var rules =
                rules(fromBucket(PHOTOS, "p/", Duration.ofMinutes(5)), fromBucket(SCANS, "s/", Duration.ofMinutes(5)));
        documents.put(PHOTOS, HostileRules.named(name).replace("photos-replica", "replicas"));
        documents.put(SCANS, rule("others"));

        // When
        var changed = rules.refresh();

        // Then
        assertThat(changed).isTrue();
        assertThat(ids(rules)).containsExactly("one");
        assertThat(ids(rules, SCANS)).containsExactly("others");
    }

    static Stream<String> hostile() {
        return HostileRules.all().keySet().stream();
    }

    @Test
    void rules_that_came_to_overlap_hold_up_no_other_change() {
        // Given
        documents.put(PHOTOS, rule("one"));
        documents.put(SCANS, rule("scans").replace("Enabled", "Disabled"));
        documents.put(MAPS, rule("maps").replace("replicas", "maps-replica"));
        var rules = rules(
                fromBucket(PHOTOS, "", Duration.ofMinutes(5)),
                fromBucket(SCANS, "photos/", Duration.ofMinutes(5)),
                fromBucket(MAPS, "", Duration.ofMinutes(5), "maps-replica"));
        documents.put(SCANS, rule("scans"));
        documents.put(MAPS, rule("other-maps").replace("replicas", "maps-replica"));

        // When
        var changed = rules.refresh();

        // Then
        assertThat(changed).isTrue();
        assertThat(rules.get().candidates(SCANS, "k")).isEmpty();
        assertThat(ids(rules, MAPS)).containsExactly("other-maps");
    }

    @Test
    void what_one_bucket_gives_up_another_one_may_take_at_the_same_time() {
        // Given
        documents.put(PHOTOS, rule("one"));
        documents.put(SCANS, rule("scans").replace("Enabled", "Disabled"));
        var rules = rules(
                fromBucket(SCANS, "photos/", Duration.ofMinutes(5)), fromBucket(PHOTOS, "", Duration.ofMinutes(5)));
        documents.put(PHOTOS, rule("one").replace("Enabled", "Disabled"));
        documents.put(SCANS, rule("scans"));

        // When
        var changed = rules.refresh();

        // Then
        assertThat(changed).isTrue();
        assertThat(ids(rules)).isEmpty();
        assertThat(ids(rules, SCANS)).containsExactly("scans");
    }

    @Test
    void a_bucket_whose_configuration_was_removed_is_replicated_no_more_and_known_to_lack_it_until_it_has_one_again() {
        // Given
        documents.put(PHOTOS, rule("one"));
        var rules = rules(fromBucket(PHOTOS, "", Duration.ofMinutes(5)));

        // When
        documents.clear();
        var removed = rules.refresh();
        var without = rules.get();
        documents.put(PHOTOS, rule("one"));
        rules.refresh();

        // Then
        assertThat(removed).isTrue();
        assertThat(without.candidates(PHOTOS, "k")).isEmpty();
        assertThat(without.isUnconfigured(PHOTOS)).isTrue();
        assertThat(ids(rules)).containsExactly("one");
        assertThat(rules.get().isUnconfigured(PHOTOS)).isFalse();
    }

    @Test
    void rules_that_came_to_overlap_are_not_taken() {
        // Given
        documents.put(PHOTOS, rule("one"));
        documents.put(SCANS, rule("scans").replace("Enabled", "Disabled"));
        var rules = rules(
                fromBucket(PHOTOS, "", Duration.ofMinutes(5)), fromBucket(SCANS, "photos/", Duration.ofMinutes(5)));
        documents.put(SCANS, rule("scans"));

        // When
        var changed = rules.refresh();

        // Then
        assertThat(changed).isFalse();
        assertThat(rules.get().candidates(SCANS, "k")).isEmpty();
        assertThat(ids(rules)).containsExactly("one");
    }

    @Test
    void the_most_impatient_bucket_decides_how_often_all_are_read() {
        // Given
        documents.put(PHOTOS, rule("one"));
        documents.put(SCANS, rule("two"));

        // When / Then
        assertThat(rules(
                                fromBucket(PHOTOS, "p/", Duration.ofMinutes(5)),
                                fromBucket(SCANS, "s/", Duration.ofMinutes(1)))
                        .readEvery())
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void a_bucket_without_a_configuration_at_the_start_is_named() {
        assertThatThrownBy(() -> rules(fromBucket(PHOTOS, "", Duration.ofMinutes(5))))
                .hasMessageContaining("paris/photos has no replication configuration");
    }
}
