package io.tidelock.compliance.iam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.iam.GrantDocument.Kind;
import io.tidelock.compliance.iam.Need.Condition;
import io.tidelock.compliance.iam.Need.Where;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Turns needs into documents that allow exactly them: one permission policy a principal, one bucket policy a
 * destination bucket (and a source bucket of another account), key statements for every key. Principals are always
 * named, never an account's root.
 */
public final class Grants {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String VERSION = "2012-10-17";

    private Grants() {}

    /**
     * All documents, in the order in which they are to be attached.
     *
     * @param trusts who may assume which role
     * @param needs what has to be allowed; what others cover is left out
     */
    public static List<GrantDocument> of(Collection<Trust> trusts, Collection<Need> needs) {
        return documents(trusts, Needs.minimal(needs));
    }

    private static List<GrantDocument> documents(Collection<Trust> trusts, Collection<Need> needs) {
        var documents = new ArrayList<GrantDocument>();
        new LinkedHashSet<>(trusts)
                .stream()
                        .collect(Collectors.groupingBy(Trust::role, LinkedHashMap::new, Collectors.toList()))
                        .forEach((role, its) -> documents.add(new GrantDocument(Kind.TRUST, role, trustPolicy(its))));
        grouped(needs, _ -> true, Need::principal)
                .forEach((principal, its) -> documents.add(
                        new GrantDocument(Kind.PERMISSIONS, principal, policy(its, Attached.TO_PRINCIPAL))));
        grouped(needs, Grants::wantsBucketPolicy, need -> bucketOf(need.resource()))
                .forEach((bucket, its) ->
                        documents.add(new GrantDocument(Kind.BUCKET_POLICY, bucket, policy(its, Attached.TO_BUCKET))));
        grouped(needs, Need::ofKey, Need::resource)
                .forEach((key, its) ->
                        documents.add(new GrantDocument(Kind.KEY_STATEMENTS, key, policy(its, Attached.TO_KEY))));
        return List.copyOf(documents);
    }

    /** A destination's policy names who writes replicas even where the role's own policy would do. */
    private static boolean wantsBucketPolicy(Need need) {
        return need.where() == Where.DESTINATION_BUCKET || (need.where() == Where.SOURCE_BUCKET && need.foreign());
    }

    private static String bucketOf(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    private static SequencedMap<String, List<Need>> grouped(
            Collection<Need> needs, Predicate<Need> which, Function<Need, String> by) {
        return needs.stream().filter(which).collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }

    private static ObjectNode trustPolicy(List<Trust> trusts) {
        var document = JSON.objectNode().put("Version", VERSION);
        var statements = document.putArray("Statement");
        for (var trust : trusts) {
            statements.add(trustStatement(statements.size() + 1, trust));
        }
        return document;
    }

    private static ObjectNode trustStatement(int number, Trust trust) {
        var statement =
                JSON.objectNode().put("Sid", "AssumeForReplication" + number).put("Effect", "Allow");
        switch (trust) {
            case Trust.OfPrincipal of -> {
                statement.putObject("Principal").put("AWS", of.assumer());
                statement.put("Action", "sts:AssumeRole");
                if (of.externalId() != null) {
                    statement.putObject("Condition").putObject("StringEquals").put("sts:ExternalId", of.externalId());
                }
            }
            case Trust.OfProvider of -> {
                statement.putObject("Principal").put("Service", "s3.amazonaws.com");
                statement.put("Action", "sts:AssumeRole");
                var condition = statement.putObject("Condition");
                condition.putObject("StringEquals").put("aws:SourceAccount", of.account());
                condition.putObject("ArnEquals").put("aws:SourceArn", of.bucketArn());
            }
        }
        return statement;
    }

    /** Needs with the same principal, resources and conditions become one statement. */
    private static ObjectNode policy(List<Need> needs, Attached attached) {
        var byShape = new LinkedHashMap<Shape, TreeMap<String, TreeSet<String>>>();
        for (var need : needs) {
            var shape =
                    new Shape(need.principal(), need.where(), need.resource().contains("/"), need.conditions());
            byShape.computeIfAbsent(shape, _ -> new TreeMap<>())
                    .computeIfAbsent(need.action(), _ -> new TreeSet<>())
                    .add(need.resource());
        }
        var document = JSON.objectNode().put("Version", VERSION);
        var statements = document.putArray("Statement");
        byShape.forEach((shape, resourcesByAction) -> {
            var byResources = new LinkedHashMap<TreeSet<String>, TreeSet<String>>();
            resourcesByAction.forEach((action, resources) ->
                    byResources.computeIfAbsent(resources, _ -> new TreeSet<>()).add(action));
            byResources.forEach((resources, actions) ->
                    statements.add(statement(statements.size() + 1, shape, actions, resources, attached)));
        });
        return document;
    }

    private static ObjectNode statement(
            int number, Shape shape, Collection<String> actions, Collection<String> resources, Attached attached) {
        var statement = JSON.objectNode().put("Sid", sid(shape, number)).put("Effect", "Allow");
        if (attached != Attached.TO_PRINCIPAL) {
            statement.putObject("Principal").put("AWS", shape.principal());
        }
        fill(statement.putArray("Action"), actions);
        // in a key's own policy "*" is that key
        fill(statement.putArray("Resource"), attached == Attached.TO_KEY ? List.of("*") : resources);
        if (!shape.conditions().isEmpty()) {
            var node = statement.putObject("Condition");
            for (var condition : shape.conditions()) {
                fill(node.withObjectProperty(condition.operator()).putArray(condition.key()), condition.values());
            }
        }
        return statement;
    }

    private static String sid(Shape shape, int number) {
        var what = switch (shape.where()) {
            case SOURCE_BUCKET -> "ReadSource";
            case DESTINATION_BUCKET -> "WriteReplica";
            case SOURCE_KEY -> "DecryptSource";
            case REPLICA_KEY -> "EncryptReplica";
            case ROLE -> "AssumeRole";
        };
        return what + number;
    }

    private static void fill(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }

    private enum Attached {
        TO_PRINCIPAL,
        TO_BUCKET,
        TO_KEY
    }

    private record Shape(String principal, Where where, boolean onObjects, List<Condition> conditions) {}
}
