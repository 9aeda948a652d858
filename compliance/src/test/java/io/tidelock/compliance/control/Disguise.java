package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Gives a snapshot names of its own, another order and company that changes nothing, so that no two are alike. */
final class Disguise {
    private static final List<String> REGIONS =
            List.of("eu-central-1", "us-west-2", "ap-northeast-1", "sa-east-1", "ca-central-1", "eu-north-1");

    private final Random random;
    private final Map<String, String> names = new LinkedHashMap<>();

    Disguise(Random random) {
        this.random = random;
        var regions = new ArrayList<>(REGIONS);
        Collections.shuffle(regions, random);
        names.put("src", bucket());
        names.put("dst", bucket());
        names.put("logs", bucket());
        names.put("111122223333", digits());
        names.put("444455556666", digits());
        names.put("999900009999", digits());
        names.put("eu-west-1", regions.get(0));
        names.put("us-east-1", regions.get(1));
    }

    private String bucket() {
        return "%s-%04x.%s"
                .formatted(
                        List.of("ledger", "photos", "backup", "raw").get(random.nextInt(4)),
                        random.nextInt(0x10000),
                        List.of("prod", "eu", "x1").get(random.nextInt(3)));
    }

    private String digits() {
        return "%012d".formatted(random.nextLong(1_000_000_000_000L));
    }

    /** The text with every name replaced. */
    String of(String text) {
        String disguised = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            disguised = disguised.replace(name.getKey(), name.getValue());
        }
        return disguised;
    }

    ObjectNode of(ObjectNode snapshot) {
        var copy = (ObjectNode) Snapshots.json(of(snapshot.toString()));
        shuffle(copy.withObject("bucket").withObject("policy").withArray("Statement"));
        withoutOverride(copy);
        company(copy);
        shuffle(copy.withArray("otherBuckets"));
        return copy;
    }

    /** A destination that owns every object anyway needs not allow the override. */
    private void withoutOverride(ObjectNode snapshot) {
        boolean enforced = snapshot.at("/otherBuckets/0/ownershipControls/Rules/0/ObjectOwnership")
                .asText()
                .equals("BucketOwnerEnforced");
        if (enforced
                && random.nextBoolean()
                && snapshot.at("/otherBuckets/0/policy/Statement/0/Action") instanceof ArrayNode actions
                && actions.size() == 3) {
            actions.remove(2);
        }
    }

    private void company(ObjectNode snapshot) {
        ArrayNode statements =
                snapshot.withObject("bucket").withObject("policy").withArray("Statement");
        if (random.nextBoolean()) {
            statements.insert(
                    0,
                    Snapshots.json(
                            of(
                                    "{'Effect':'Allow','Principal':{'Service':'cloudtrail.amazonaws.com'},'Action':'s3:PutObject',"
                                            + "'Resource':'arn:aws:s3:::src/AWSLogs/111122223333/*','Condition':{'StringEquals':{'aws:SourceArn':'arn:aws:cloudtrail:eu-west-1:111122223333:trail/t'}}}")));
        }
        if (random.nextBoolean()) {
            statements.add(
                    Snapshots.json(
                            of(
                                    "{'Effect':'Deny','NotPrincipal':{'AWS':'arn:aws:iam::111122223333:root'},'Action':['s3:DeleteBucket'],"
                                            + "'Resource':'arn:aws:s3:::src','Condition':{'BoolIfExists':{'aws:MultiFactorAuthPresent':false}}}")));
        }
        if (random.nextBoolean()) {
            snapshot.withArray("otherBuckets")
                    .addObject()
                    .put("name", "neighbour")
                    .putNull("replication");
        }
    }

    private void shuffle(ArrayNode list) {
        var nodes = new ArrayList<JsonNode>();
        list.forEach(nodes::add);
        Collections.shuffle(nodes, random);
        list.removeAll();
        list.addAll(nodes);
    }
}
