package io.tidelock.sandbox.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The broker's configuration: one node that is broker and controller, made for a small heap and few threads. */
final class BrokerConfig {
    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** As whom the broker knows those who log in; who does not may do everything. */
    static final String GUARDED_USER = "tidelock";

    static final String GUARDED_PASSWORD = "not-a-secret";
    static final String LOGIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private BrokerConfig() {}

    /** The same where the relays ask who comes, and ACLs say what they may do. */
    static Map<String, String> guarded(Map<String, String> open) {
        var guarded = new HashMap<>(open);
        guarded.replaceAll((name, value) -> name.equals("listener.security.protocol.map")
                ? value.replaceAll("(RELAY_[0-9]+):PLAINTEXT", "$1:SASL_PLAINTEXT")
                : value);
        guarded.put("sasl.enabled.mechanisms", "PLAIN");
        Objects.requireNonNull(open.get("listener.security.protocol.map"))
                .lines()
                .flatMap(map -> Pattern.compile("RELAY_[0-9]+").matcher(map).results())
                .forEach(relay -> guarded.put(
                        "listener.name." + relay.group().toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config",
                        LOGIN_MODULE + " required user_" + GUARDED_USER + "=\"" + GUARDED_PASSWORD + "\";"));
        guarded.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        guarded.put("super.users", "User:ANONYMOUS");
        return guarded;
    }

    static Map<String, String> of(int nodeId, BrokerPorts ports, Path data) {
        var client = "127.0.0.1:" + ports.clientPort();
        var controller = "127.0.0.1:" + ports.controllerPort();
        var listeners = new StringBuilder();
        var advertised = new StringBuilder();
        var protocols = new StringBuilder();
        for (int i = 0; i < ports.relays().size(); i++) {
            // a listener of its own for each relay, as the broker tells its clients where to go by the listener that
            // they came to
            listeners.append(
                    ",RELAY_%d://127.0.0.1:%d".formatted(i, ports.relayed().get(i)));
            advertised.append(
                    ",RELAY_%d://%s".formatted(i, ports.relays().get(i).bootstrapServers()));
            protocols.append(",RELAY_%d:PLAINTEXT".formatted(i));
        }
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(nodeId)),
                Map.entry(
                        "listeners",
                        CLIENT_LISTENER + "://" + client + "," + CONTROLLER_LISTENER + "://" + controller + listeners),
                Map.entry("advertised.listeners", CLIENT_LISTENER + "://" + client + advertised),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT" + protocols),
                Map.entry("inter.broker.listener.name", CLIENT_LISTENER),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                Map.entry("controller.quorum.voters", nodeId + "@" + controller),
                Map.entry("log.dirs", data.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "2"),
                Map.entry("num.replica.fetchers", "1"),
                Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "1"),
                Map.entry("log.cleaner.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                Map.entry("log.cleaner.io.buffer.size", "131072"),
                // A killed broker that comes back waits until its old session has ended: short, but longer than a busy
                // machine's stalls.
                Map.entry("broker.session.timeout.ms", "6000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                Map.entry("controller.quorum.election.timeout.ms", "500"),
                Map.entry("controlled.shutdown.enable", "true"),
                Map.entry("log.initial.task.delay.ms", "5000"));
    }
}
