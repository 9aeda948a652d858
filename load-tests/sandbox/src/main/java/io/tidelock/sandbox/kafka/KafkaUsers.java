package io.tidelock.sandbox.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may log in to a broker. Where there are users, it asks everybody who they are (SASL/PLAIN) and allows them what ACLs say and nothing
 * else; where there are none, everybody may do everything.
 */
public record KafkaUsers(List<String> names) {
    /** Nobody logs in. */
    public static final KafkaUsers NONE = new KafkaUsers(List.of());

    /** The one who may do everything, where there are users. */
    private static final String ADMIN = "admin";

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    public KafkaUsers {
        names = List.copyOf(names);
        for (var name : names) {
            if (!name.matches("[a-z]{1,32}") || name.equals(ADMIN)) {
                throw new IllegalArgumentException("a user has 1 to 32 small letters and is not admin, was " + name);
            }
        }
    }

    private boolean isNobody() {
        return names.isEmpty();
    }

    private static String password(String name) {
        return name + "-password";
    }

    private static String login(String name) {
        return LOGIN + " username=\"" + name + "\" password=\"" + password(name) + "\"";
    }

    /** The client properties with which a user logs in. */
    public Map<String, String> clientProperties(String user) {
        return isNobody()
                ? Map.of()
                : Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        login(user) + ";");
    }

    /** The client properties of the one who may do everything. */
    Map<String, String> admin() {
        return clientProperties(ADMIN);
    }

    /** What the broker is told, beside what it is told without users. */
    Map<String, String> brokerProperties() {
        if (isNobody()) {
            return Map.of();
        }
        var accounts = new StringBuilder(login(ADMIN))
                .append(" user_admin=\"")
                .append(password(ADMIN))
                .append('"');
        names.forEach(name -> accounts.append(" user_")
                .append(name)
                .append("=\"")
                .append(password(name))
                .append('"'));
        var properties = new HashMap<String, String>();
        properties.put("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("sasl.enabled.mechanisms", "PLAIN");
        properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        properties.put("listener.name.plaintext.plain.sasl.jaas.config", accounts + ";");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // broker and controller talk to each other without a login, on the controller's listener only
        properties.put("super.users", "User:admin;User:ANONYMOUS");
        return properties;
    }
}
