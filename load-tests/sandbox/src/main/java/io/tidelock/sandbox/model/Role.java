package io.tidelock.sandbox.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A role that other principals may assume (STS API: AssumeRole).
 *
 * @param accountId the account that the role belongs to, twelve digits
 * @param name the role's name
 * @param trusted account ids, principal ARNs and services such as {@code s3.amazonaws.com} that may assume it
 * @param externalId the external id that the trust asks for, empty for none
 * @param policy what the role may do, as a JSON policy of its own; empty for everything where none is attached
 * @param attached managed policies by their ARN, as JSON
 */
public record Role(
        String accountId,
        String name,
        Set<String> trusted,
        String externalId,
        Optional<String> policy,
        SequencedMap<String, String> attached) {
    public Role {
        attached = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attached));
        if (name.isEmpty()) {
            throw new IllegalArgumentException("role.name must not be empty");
        }
        trusted = Set.copyOf(trusted);
    }

    /** A role that may do everything its account may. */
    public Role(String accountId, String name, Set<String> trusted, String externalId) {
        this(accountId, name, trusted, externalId, Optional.empty(), new LinkedHashMap<>());
    }

    /** The same role, limited to what a JSON policy allows. */
    public Role limitedTo(String json) {
        return new Role(accountId, name, trusted, externalId, Optional.of(json), attached);
    }

    /** The same role with one more managed policy of its account attached. */
    public Role attach(String policyName, String json) {
        var more = new LinkedHashMap<>(attached);
        more.put("arn:aws:iam::" + accountId + ":policy/" + policyName, json);
        return new Role(accountId, name, trusted, externalId, policy, more);
    }

    /** The trust policy that comes to what the role trusts (IAM user guide: How to use trust policies with IAM roles). */
    public String trustPolicy() {
        var services = trusted.stream().filter(Role::service).sorted().toList();
        var others = trusted.stream().filter(name -> !service(name)).sorted().toList();
        var condition = externalId.isEmpty()
                ? ""
                : ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"" + externalId + "\"}}";
        var statements = new ArrayList<String>();
        if (!services.isEmpty()) {
            statements.add(statement("Service", services, ""));
        }
        if (!others.isEmpty()) {
            statements.add(statement("AWS", others, condition));
        }
        return "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(", ", statements) + "]}";
    }

    private static boolean service(String name) {
        return name.endsWith(".amazonaws.com");
    }

    private static String statement(String kind, List<String> names, String condition) {
        var listed = names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return "{\"Effect\": \"Allow\", \"Principal\": {\"" + kind + "\": [" + listed
                + "]}, \"Action\": \"sts:AssumeRole\"" + condition + "}";
    }

    public String arn() {
        return "arn:aws:iam::" + accountId + ":role/" + name;
    }
}
