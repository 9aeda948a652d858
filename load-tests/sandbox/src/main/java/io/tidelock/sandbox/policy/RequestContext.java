package io.tidelock.sandbox.policy;

import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.auth.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The values that conditions may ask for.
 *
 * <p>Sources: "Actions, resources, and condition keys for Amazon S3" of the service authorization reference, "AWS global
 * condition context keys" of the IAM user guide. Requests of the sandbox come over plain HTTP and never from a service, so
 * aws:SecureTransport is false and aws:SourceAccount is missing.
 */
final class RequestContext {
    private static final Set<String> HEADERS = Set.of(
            "x-amz-acl",
            "x-amz-copy-source",
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp",
            "x-amz-metadata-directive",
            "x-amz-object-lock-legal-hold",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-storage-class");
    private static final Map<String, String> PARAMETERS =
            Map.of("prefix", "s3:prefix", "delimiter", "s3:delimiter", "versionId", "s3:versionid");

    private RequestContext() {}

    static Map<String, String> of(Caller caller, RequestHead head) {
        var context = new HashMap<String, String>();
        context.put("aws:securetransport", "false");
        context.put("aws:viaawsservice", "false");
        if (!caller.anonymous()) {
            context.put("aws:principalaccount", caller.accountId());
            context.put("aws:principalarn", caller.roleArn());
        }
        for (var header : HEADERS) {
            head.headers().first(header).ifPresent(value -> context.put(key(header), value));
        }
        for (var part : head.rawQuery().split("&", -1)) {
            int equals = part.indexOf('=');
            var key = PARAMETERS.get(equals < 0 ? part : part.substring(0, equals));
            if (key != null) {
                context.putIfAbsent(key, equals < 0 ? "" : decoded(part.substring(equals + 1)));
            }
        }
        return context;
    }

    /** The keys about object lock leave {@code x-amz-} out. */
    private static String key(String header) {
        return "s3:" + (header.startsWith("x-amz-object-lock-") ? header.substring("x-amz-".length()) : header);
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }
}
