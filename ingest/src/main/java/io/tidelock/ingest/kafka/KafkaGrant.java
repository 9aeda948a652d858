package io.tidelock.ingest.kafka;

import java.util.Locale;

/**
 * One right of a principal in Kafka, as an ACL gives it.
 *
 * @param prefixed whether it is meant for every name that begins so
 */
public record KafkaGrant(Resource resource, String name, boolean prefixed, Operation operation) {
    private static final String EVERY = "*";

    public KafkaGrant {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a grant needs the name of a " + resource.text);
        }
    }

    /** What ACLs are about. */
    public enum Resource {
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

    /** What may be done. {@link #READ} and {@link #WRITE} hold {@link #DESCRIBE}. */
    public enum Operation {
        READ("Read"),
        WRITE("Write"),
        CREATE("Create"),
        DESCRIBE("Describe"),
        DESCRIBE_CONFIGS("DescribeConfigs");

        private final String text;

        Operation(String text) {
            this.text = text;
        }

        /** As Kafka's tools spell it. */
        public String text() {
            return text;
        }

        private boolean impliesDescribe() {
            return this == READ || this == WRITE;
        }
    }

    /** A right on one topic. */
    public static KafkaGrant topic(String name, Operation operation) {
        return new KafkaGrant(Resource.TOPIC, name, false, operation);
    }

    /** The same on all topics that begin so; on all where that is nothing. */
    static KafkaGrant topicsBeginning(String beginning, Operation operation) {
        return beginning.isEmpty()
                ? topic(EVERY, operation)
                : new KafkaGrant(Resource.TOPIC, beginning, true, operation);
    }

    /** Whether whoever has this one needs no other one. */
    public boolean covers(KafkaGrant other) {
        return resource == other.resource
                && (operation == other.operation
                        || (operation.impliesDescribe() && other.operation == Operation.DESCRIBE))
                && (name.equals(EVERY)
                        || (prefixed ? other.name.startsWith(name) : !other.prefixed && name.equals(other.name)));
    }

    /** The command that gives it. */
    public String command(String bootstrapServers, String principal) {
        return "kafka-acls --bootstrap-server " + bootstrapServers + " --add --allow-principal " + quoted(principal)
                + " --operation " + operation.text + " " + resource.option + " " + quoted(name)
                + (prefixed ? " --resource-pattern-type prefixed" : "");
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9:._,=/@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** Such as {@code Write on topic tidelock.events}. */
    @Override
    public String toString() {
        return operation.text + " on "
                + resource.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name + (prefixed ? "*" : "");
    }
}
