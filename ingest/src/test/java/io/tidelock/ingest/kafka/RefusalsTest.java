package io.tidelock.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.ingest.kafka.KafkaGrant.Operation;
import io.tidelock.ingest.kafka.KafkaGrant.Resource;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

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

    @Test
    void brokers_that_do_not_answer_or_have_no_room_are_to_be_looked_at() {
        assertThat(refusals.writing(new KafkaException("x", new TimeoutException("10 s are over"))))
                .isEqualTo("Kafka at k:9092 did not answer in time (10 s are over): check that the brokers run and can"
                        + " be reached, and that there is room on their disks");
        assertThat(refusals.writing(new KafkaStorageException("no log directory")))
                .contains("k:9092", "(no log directory)", "make room", "start that broker again");
        assertThat(refusals.silence()).contains("k:9092 does not answer", "room on their disks");
    }

    @Test
    void a_principal_with_a_space_is_quoted_for_the_shell() {
        assertThat(new KafkaGrant(Resource.GROUP, "g", Operation.READ).command("k:1", "User:CN=a b"))
                .isEqualTo("kafka-acls --bootstrap-server k:1 --add --allow-principal 'User:CN=a b' --operation Read"
                        + " --group g");
    }
}
