package io.tidelock.compliance.policy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tidelock.compliance.document.Collected;

/** Policies for tests, written with single quotes. */
public final class Policies {
    public static final BucketResource BUCKET = new BucketResource("b");

    private Policies() {}

    /** A bucket policy of these statements. */
    public static Policy policy(String... statements) {
        return read(document(statements), PolicyKind.RESOURCE);
    }

    public static String document(String... statements) {
        return ("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}").replace('\'', '"');
    }

    public static Policy read(String document, PolicyKind kind) {
        return PolicyReader.read(new TextNode(document), kind)
                .known()
                .orElseThrow(() -> new AssertionError("not a policy: " + document));
    }

    public static Collected<Policy> tryRead(String document) {
        return PolicyReader.read(new TextNode(document), PolicyKind.RESOURCE);
    }

    /** An Allow of s3:GetObject with this principal and condition, each as JSON; an empty condition leaves it out. */
    public static String allow(String principal, String condition) {
        return allow(principal, "'s3:GetObject'", condition);
    }

    public static String allow(String principal, String action, String condition) {
        return "{'Sid':'A','Effect':'Allow','Principal':" + principal + ",'Action':" + action
                + ",'Resource':'arn:aws:s3:::b/*'" + (condition.isEmpty() ? "" : ",'Condition':" + condition) + "}";
    }

    public static String deny(String principal, String action, String resource, String condition) {
        return "{'Sid':'D','Effect':'Deny','Principal':" + principal + ",'Action':" + action + ",'Resource':" + resource
                + (condition.isEmpty() ? "" : ",'Condition':" + condition) + "}";
    }
}
