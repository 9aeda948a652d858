package io.tidelock.deploy.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Replication configurations that nobody should have put on a bucket, as XML, by what is wrong with them. */
public final class HostileRules {
    private static final String RULE = """
        <Rule><ID>%s</ID><Status>Enabled</Status><Priority>%d</Priority><Filter><Prefix>%s</Prefix></Filter>
        <DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
        <Destination><Bucket>arn:aws:s3:::photos-replica</Bucket></Destination></Rule>\
        """;
    private static final String V1_RULE = """
        <Rule><ID>%s</ID><Status>Enabled</Status><Prefix>%s</Prefix>
        <Destination><Bucket>arn:aws:s3:::photos-replica</Bucket></Destination></Rule>\
        """;

    private HostileRules() {}

    /** One good V2 rule with that id. */
    public static String good(String id) {
        return document(RULE.formatted(id, 1, ""));
    }

    private static String document(String rules) {
        return "<ReplicationConfiguration><Role>r</Role>" + rules + "</ReplicationConfiguration>";
    }

    /** What is refused, by a name. */
    public static Map<String, String> all() {
        var good = RULE.formatted("a", 1, "");
        var all = new LinkedHashMap<String, String>();
        all.put("cut off", good("a").substring(0, 150));
        all.put("no XML", "{\"Role\": \"r\", \"Rules\": []}");
        all.put("entities that double", doubling());
        all.put("an entity of this machine", """
            <!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>
            <ReplicationConfiguration><Role>&e;</Role></ReplicationConfiguration>\
            """);
        all.put("too deep", document("<Rule>".repeat(5_000) + "</Rule>".repeat(5_000)));
        all.put("too long", document("<!--" + "x".repeat(3 << 20) + "-->" + good));
        all.put("too many rules", document(manyRules()));
        all.put(
                "an unknown version of the schema",
                good("a")
                        .replace(
                                "<ReplicationConfiguration>",
                                "<ReplicationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2099-01-01/\">"));
        all.put("an unknown element", document(good.replace("</Filter>", "</Filter><Urgency>High</Urgency>")));
        all.put("a prefix beside a filter", document(good.replace("<Filter>", "<Prefix>b</Prefix><Filter>")));
        all.put("V1 beside V2", document(good + V1_RULE.formatted("b", "b")));
        all.put("one priority twice", document(good + RULE.formatted("b", 1, "b")));
        all.put("overlapping prefixes", document(V1_RULE.formatted("a", "x") + V1_RULE.formatted("b", "xy")));
        all.put("one id twice", document(good + RULE.formatted("a", 2, "b")));
        all.put("a destination that nobody configured", good("a").replace("photos-replica", "elsewhere"));
        return all;
    }

    /** One of all. */
    public static String named(String name) {
        return Objects.requireNonNull(all().get(name), name);
    }

    private static String doubling() {
        var entities = new StringBuilder("<!ENTITY e0 \"aaaaaaaaaaaaaaaa\">");
        for (int i = 1; i <= 30; i++) {
            entities.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
        }
        return "<!DOCTYPE r [" + entities + "]><ReplicationConfiguration><Role>&e30;</Role></ReplicationConfiguration>";
    }

    private static String manyRules() {
        var rules = new StringBuilder();
        for (int i = 1; i <= 1_001; i++) {
            rules.append(RULE.formatted("r" + i, i, "p" + i + "/"));
        }
        return rules.toString();
    }
}
