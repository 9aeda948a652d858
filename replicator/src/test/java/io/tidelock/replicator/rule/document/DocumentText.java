package io.tidelock.replicator.rule.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import java.util.List;
import java.util.Map;

/** Writes rules as S3 spells them, so that what is read can be held against what was meant. */
final class DocumentText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DocumentText() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode document(List<ReplicationRule> rules) {
        var document = object().put("Role", "arn:aws:iam::111122223333:role/replication");
        var array = document.putArray("Rules");
        rules.forEach(rule -> array.add(rule(rule)));
        return document;
    }

    static ObjectNode rule(ReplicationRule rule) {
        var node = object().put("ID", rule.id()).put("Status", status(rule.enabled()));
        if (rule.version() == SchemaVersion.V1) {
            node.put("Prefix", rule.filter().prefix());
        } else {
            node.put("Priority", rule.priority());
            node.set("Filter", filter(rule.filter()));
            node.putObject("DeleteMarkerReplication").put("Status", status(rule.deleteMarkers()));
        }
        if (rule.sseKmsSelected()
                || rule.replicaModifications()
                || rule.destination().replicaKmsKeyId() != null) {
            var selection = node.putObject("SourceSelectionCriteria");
            selection.putObject("SseKmsEncryptedObjects").put("Status", status(rule.sseKmsSelected()));
            if (rule.version() == SchemaVersion.V2) {
                selection.putObject("ReplicaModifications").put("Status", status(rule.replicaModifications()));
            }
        }
        node.set("Destination", destination(rule.destination()));
        return node;
    }

    private static ObjectNode destination(RuleDestination destination) {
        var node = object().put("Bucket", "arn:aws:s3:::" + destination.bucket());
        if (destination.account() != null) {
            node.put("Account", destination.account());
        }
        if (destination.storageClass() != null) {
            node.put("StorageClass", destination.storageClass());
        }
        if (destination.ownerOverride()) {
            node.putObject("AccessControlTranslation").put("Owner", "Destination");
        }
        if (destination.replicaKmsKeyId() != null) {
            node.putObject("EncryptionConfiguration").put("ReplicaKmsKeyID", destination.replicaKmsKeyId());
        }
        if (destination.replicationTime()) {
            var time = node.putObject("ReplicationTime").put("Status", "Enabled");
            time.putObject("Time").put("Minutes", 15);
        }
        if (destination.metrics()) {
            var metrics = node.putObject("Metrics").put("Status", "Enabled");
            metrics.putObject("EventThreshold").put("Minutes", 15);
        }
        return node;
    }

    private static ObjectNode filter(RuleFilter filter) {
        var node = object();
        switch (filter) {
            case RuleFilter.Everything _ -> {}
            case RuleFilter.Prefix(var prefix) -> node.put("Prefix", prefix);
            case RuleFilter.Tagged(var key, var value) -> node.set("Tag", tag(Map.entry(key, value)));
            case RuleFilter.All(var prefix, var tags) -> {
                var and = node.putObject("And").put("Prefix", prefix);
                var array = and.putArray("Tags");
                tags.entrySet().forEach(tag -> array.add(tag(tag)));
            }
        }
        return node;
    }

    private static ObjectNode tag(Map.Entry<String, String> tag) {
        return object().put("Key", tag.getKey()).put("Value", tag.getValue());
    }

    private static String status(boolean enabled) {
        return enabled ? "Enabled" : "Disabled";
    }

    /** The XML that says the same, on one line as the JSON. */
    static String xml(ObjectNode document) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.append("<ReplicationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        members(document, xml);
        return xml.append("</ReplicationConfiguration>").toString();
    }

    private static void members(ObjectNode node, StringBuilder xml) {
        node.properties().forEach(member -> {
            if (member.getValue() instanceof ArrayNode array) {
                var single = member.getKey().substring(0, member.getKey().length() - 1);
                array.forEach(value -> element(single, value, xml));
            } else {
                element(member.getKey(), member.getValue(), xml);
            }
        });
    }

    private static void element(String name, JsonNode value, StringBuilder xml) {
        xml.append('<').append(name).append('>');
        if (value instanceof ObjectNode object) {
            members(object, xml);
        } else {
            xml.append(value.asText().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        }
        xml.append("</").append(name).append('>');
    }
}
