package io.tidelock.ingest.kafka;

import java.util.Locale;

/** One right of a principal in Kafka, as an ACL gives it. */
record KafkaGrant(Resource resource, String name, Operation operation) {
    KafkaGrant {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a grant needs the name of a " + resource.text);
        }
    }

    /** What ACLs are about. */
    enum Resource {
        TOPIC("topic", "--topic"),
        GROUP("group", "--group"),
        TRANSACTIONAL_ID("transactional id", "--transactional-id");

        private final String text;
        private final String option;

        Resource(String text, String option) {
            this.text = text;
            this.option = option;
        }
    }

    /** What may be done. */
    enum Operation {
        READ("Read"),
        WRITE("Write"),
        DESCRIBE("Describe"),
        DESCRIBE_CONFIGS("DescribeConfigs"),
        CREATE("Create"),
        DELETE("Delete");

        private final String text;

        Operation(String text) {
            this.text = text;
        }
    }

    /** A right on one topic. */
    static KafkaGrant topic(String name, Operation operation) {
        return new KafkaGrant(Resource.TOPIC, name, operation);
    }

    /** The command that gives it. */
    String command(String bootstrapServers, String principal) {
        return "kafka-acls --bootstrap-server " + bootstrapServers + " --add --allow-principal " + quoted(principal)
                + " --operation " + operation.text + " " + resource.option + " " + quoted(name);
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9:._,=/@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Such as {@code Write on topic tidelock.events}. */
    @Override
    public String toString() {
        return operation.text + " on "
                + resource.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name;
    }
}
