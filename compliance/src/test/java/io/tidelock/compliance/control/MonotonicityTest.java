package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Snapshots.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What may never get better or worse by a change that cannot make it so. */
class MonotonicityTest {
    private static final int WORLDS = 1_500;
    private static final List<String> PRINCIPALS = List.of(
            "'*'",
            "{'AWS':'*'}",
            "{'AWS':'111122223333'}",
            "{'AWS':'arn:aws:iam::999900009999:root'}",
            "{'Service':'logging.s3.amazonaws.com'}",
            "{'Federated':'graph.facebook.com'}");
    private static final List<String> ACTIONS = List.of("'s3:*'", "'s3:GetObject'", "['s3:PutObject','s3:List*']");
    private static final List<String> CONDITIONS = List.of(
            "",
            ",'Condition':{'StringEquals':{'aws:SourceVpc':'vpc-1'}}",
            ",'Condition':{'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}}",
            ",'Condition':{'Bool':{'aws:SecureTransport':'false'}}",
            ",'Condition':{'StringMatches':{'aws:NewKey':'x'}}");

    private final Random random = new Random(20261123);

    private String one(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private JsonNode statement(String effect) {
        return json("{'Effect':'" + effect + "','Principal':" + one(PRINCIPALS) + ",'Action':" + one(ACTIONS)
                + ",'Resource':['arn:aws:s3:::b','arn:aws:s3:::b/*']" + one(CONDITIONS) + "}");
    }

    private ObjectNode world() {
        ObjectNode world = Snapshots.ofBucket("'acl':{'CannedACL':'" + one(List.of("private", "public-read")) + "'},"
                        + "'publicAccessBlock':"
                        + one(List.of("null", "{'RestrictPublicBuckets':true,'IgnorePublicAcls':true}"))
                        + ",'ownershipControls':"
                        + one(List.of("null", "{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]}"))
                        + ",'versioning':" + one(List.of("null", "{'Status':'Enabled','MFADelete':'Enabled'}"))
                        + ",'encryption':"
                        + one(List.of(
                                "null",
                                "{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'aws:kms'}}]}"))
                        + ",'logging':" + one(List.of("{}", "{'LoggingEnabled':{'TargetBucket':'logs'}}"))
                        + ",'objectLock':" + one(List.of("null", "{'ObjectLockEnabled':'Enabled'}"))
                        + ",'lifecycle':"
                        + one(List.of("null", "{'Rules':[{'Status':'Enabled','Expiration':{'Days':30}}]}"))
                        + ",'notification':" + one(List.of("null", "{'EventBridgeConfiguration':{}}"))
                        + ",'replication':"
                        + one(
                                List.of(
                                        "null",
                                        "{'Role':'arn:aws:iam::111122223333:role/r','Rules':[{'Status':'Enabled','Prefix':'','Destination':{'Bucket':'arn:aws:s3:::dst'}}]}"))
                        + ",'cors':null,'tagging':null,'objects':{'k':{'acl':{'CannedACL':'private'}}}")
                .deepCopy();
        ArrayNode statements = world.withObject("bucket")
                .putObject("policy")
                .put("Version", "2012-10-17")
                .putArray("Statement");
        for (int i = random.nextInt(4); i > 0; i--) {
            statements.add(statement(random.nextBoolean() ? "Allow" : "Deny"));
        }
        world.set(
                "otherBuckets",
                json(
                        "[{'name':'logs','region':'eu-west-1','encryption':null,'objectLock':null,'policy':null,'acl':{'CannedACL':'log-delivery-write'},'ownershipControls':null},"
                                + "{'name':'dst','region':'us-east-1','versioning':{'Status':'Enabled'},'objectLock':null,'policy':null,'acl':{'CannedACL':'private'},'publicAccessBlock':null,'ownershipControls':null,'encryption':null,'lifecycle':null,'logging':{},'notification':{},'replication':null}]"));
        return world;
    }

    private static ArrayNode statements(ObjectNode world) {
        return world.withObject("bucket").withObject("policy").withArray("Statement");
    }

    private static int publicness(JsonNode world, String id) {
        return switch (Snapshots.name(world, id)) {
            case "COMPLIANT" -> 0;
            case "UNKNOWN" -> 1;
            default -> 2;
        };
    }

    @Test
    void a_further_deny_never_makes_a_bucket_more_public() {
        for (int i = 0; i < WORLDS; i++) {
            // Given
            ObjectNode before = world();
            ObjectNode after = before.deepCopy();

            // When
            statements(after).add(statement("Deny"));

            // Then
            for (String id : List.of("policy-public", "policy-public-write", "bucket-public", "cross-account")) {
                assertThat(publicness(after, id)).as("%s: %s", id, after).isLessThanOrEqualTo(publicness(before, id));
            }
        }
    }

    @Test
    void a_further_unpinned_allow_never_makes_a_bucket_less_public() {
        for (int i = 0; i < WORLDS; i++) {
            // Given
            ObjectNode before = world();
            ObjectNode after = before.deepCopy();

            // When
            statements(after).insert(0, json("{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}"));

            // Then
            assertThat(Snapshots.name(after, "policy-public")).isEqualTo("VIOLATION");
            for (String id :
                    List.of("policy-public-write", "bucket-public", "cross-account", "policy-wildcard-principal")) {
                assertThat(publicness(after, id))
                        .as("%s: %s", id, after)
                        .isGreaterThanOrEqualTo(publicness(before, id));
            }
        }
    }

    @Test
    void a_document_that_becomes_unavailable_turns_a_verdict_into_unknown_or_leaves_it() {
        for (int i = 0; i < WORLDS; i++) {
            // Given
            ObjectNode before = world();

            // When
            ObjectNode after = Snapshots.hidden(before, random);

            // Then
            assertThat(Snapshots.contradictions(Snapshots.verdicts(before), Snapshots.verdicts(after)))
                    .as("%s", after)
                    .isEmpty();
        }
    }
}
