package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.ingest.kafka.KafkaGrant.Operation;
import io.tidelock.ingest.kafka.KafkaGrant.Resource;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"tide\" password=\"pw\";";

    private final Refusals refusals =
            new Refusals(new KafkaSettings("k:9092", Map.of("sasl.jaas.config", LOGIN), "one"));

    @Test
    void a_refusal_names_what_is_refused_to_whom_and_the_command_that_grants_it() {
        assertThat(refusals.writing(new KafkaException("x", new TopicAuthorizationException(Set.of("a", "b")))))
                .isEqualTo("Kafka refuses Write on topic a to User:tide: kafka-acls --bootstrap-server k:9092 --add"
                        + " --allow-principal User:tide --operation Write --topic a; Kafka refuses Write on topic b to"
                        + " User:tide: kafka-acls --bootstrap-server k:9092 --add --allow-principal User:tide"
                        + " --operation Write --topic b");
        assertThat(refusals.reading(GroupAuthorizationException.forGroupId("g")))
                .contains("Read on group g", "--operation Read --group g");
        assertThat(refusals.writing(new TransactionalIdAuthorizationException("no"), "id-1"))
                .contains("Write on transactional id id-1", "--operation Write --transactional-id id-1");
        assertThat(refusals.reading(new SaslAuthenticationException("bad password")))
                .contains("does not accept the credentials of User:tide: bad password: correct kafka.properties")
                .doesNotContain("pw");
    }

    @Test
    void a_principal_that_is_not_known_is_left_to_the_reader() {
        assertThat(new Refusals(new KafkaSettings("k:9092", Map.of(), "one"))
                        .reading(new TopicAuthorizationException(Set.of("a"))))
                .contains("to this process", "--allow-principal User:NAME");
    }

    @ParameterizedTest
    @CsvSource({
        "minio, minio",
        "minio\\..*, minio.",
        "eu-west_1\\.(a|b), ''",
        "notifications?, notification",
        "ab*, a",
        ".*, ''"
    })
    void what_a_pattern_begins_with_is_all_that_is_granted(String pattern, String beginning) {
        assertThat(Subscription.literalBeginning(Pattern.compile(pattern))).isEqualTo(beginning);
    }

    @Test
    void a_grant_covers_what_it_implies_and_nothing_else() {
        // Given
        var read = KafkaGrant.topic("a", Operation.READ);
        var all = KafkaGrant.topicsBeginning("", Operation.READ);
        var prefixed = new KafkaGrant(Resource.GROUP, "g-", true, Operation.READ);

        // Then
        assertThat(read.covers(KafkaGrant.topic("a", Operation.DESCRIBE))).isTrue();
        assertThat(read.covers(KafkaGrant.topic("a", Operation.WRITE))).isFalse();
        assertThat(read.covers(KafkaGrant.topic("ab", Operation.READ))).isFalse();
        assertThat(all.covers(KafkaGrant.topic("ab", Operation.READ))).isTrue();
        assertThat(prefixed.covers(new KafkaGrant(Resource.GROUP, "g-1", false, Operation.READ)))
                .isTrue();
        assertThat(prefixed.command("k:1", "User:CN=a b"))
                .endsWith(
                        "--allow-principal 'User:CN=a b' --operation Read --group g- --resource-pattern-type prefixed");
    }
}
