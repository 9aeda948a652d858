package io.tidelock.deploy.posture.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.document.Collected;
import io.tidelock.replicator.store.s3.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads roles from IAM, over its query protocol.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html">IAM API reference</a>
 */
final class RoleRequests {
    private static final String VERSION = "2010-05-08";
    /** IAM's quota of policies of one role is far below. */
    private static final int PAGES_MAX = 100;

    private final SignedRequests requests;
    private final URI endpoint;
    private final String region;

    RoleRequests(SignedRequests requests, S3Settings settings) {
        this.requests = requests;
        var own = settings.endpoint();
        if (settings.region().startsWith("cn-")) {
            region = "cn-north-1";
            endpoint = own != null ? own : URI.create("https://iam.cn-north-1.amazonaws.com.cn/");
        } else if (settings.region().startsWith("us-gov-")) {
            region = "us-gov-west-1";
            endpoint = own != null ? own : URI.create("https://iam.us-gov.amazonaws.com/");
        } else {
            region = "us-east-1";
            endpoint = own != null ? own : URI.create("https://iam.amazonaws.com/");
        }
    }

    Collected<JsonNode> trust(String roleArn) {
        return collected(() ->
                policy(call("GetRole", Map.of("RoleName", nameOf(roleArn))).text("AssumeRolePolicyDocument")));
    }

    Collected<JsonNode> permissions(String roleArn) {
        return collected(() -> {
            var role = Map.of("RoleName", nameOf(roleArn));
            var all = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
            var statements = all.putArray("Statement");
            for (var name : listed("ListRolePolicies", role, "member")) {
                add(call("GetRolePolicy", with(role, "PolicyName", name)).text("PolicyDocument"), statements);
            }
            for (var arn : listed("ListAttachedRolePolicies", role, "PolicyArn")) {
                var version = call("GetPolicy", Map.of("PolicyArn", arn)).text("DefaultVersionId");
                add(
                        call("GetPolicyVersion", Map.of("PolicyArn", arn, "VersionId", version))
                                .text("Document"),
                        statements);
            }
            return all;
        });
    }

    private static void add(String document, ArrayNode statements) throws Refused {
        var list = policy(document).path("Statement");
        if (list.isArray()) {
            list.forEach(statements::add);
        } else if (list.isObject()) {
            statements.add(list);
        } else {
            throw new Refused("MalformedPolicyDocument");
        }
    }

    private static JsonNode policy(String encoded) {
        return BucketRequests.policy(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
    }

    private List<String> listed(String action, Map<String, String> parameters, String element)
            throws IOException, Refused {
        var found = new ArrayList<String>();
        var marker = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            var answer = call(action, marker.isEmpty() ? parameters : with(parameters, "Marker", marker));
            var nodes = answer.root().getElementsByTagNameNS("*", element);
            for (int i = 0; i < nodes.getLength(); i++) {
                found.add(nodes.item(i).getTextContent());
            }
            marker = answer.text("Marker");
            if (!answer.text("IsTruncated").equals("true")) {
                return found;
            }
        }
        throw new Refused("TooManyPolicies");
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        var more = new TreeMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private SignedRequests.Answer call(String action, Map<String, String> parameters) throws IOException, Refused {
        var form = new StringBuilder("Action=" + action + "&Version=" + VERSION);
        parameters.forEach((name, value) ->
                form.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var answer = requests.post(endpoint, "iam", region, form.toString());
        if (!answer.ok()) {
            var code = answer.text("Code");
            throw new Refused(code.isEmpty() ? "HTTP" + answer.status() : code);
        }
        return answer;
    }

    private static String nameOf(String roleArn) {
        return roleArn.substring(roleArn.lastIndexOf('/') + 1);
    }

    private static Collected<JsonNode> collected(Request request) {
        try {
            return new Collected.Known<>(request.send());
        } catch (Refused refused) {
            return new Collected.Unavailable<>(String.valueOf(refused.getMessage()));
        } catch (SdkException e) {
            return new Collected.Unavailable<>(BucketRequests.code(e));
        } catch (IOException e) {
            return new Collected.Unavailable<>("Unreachable");
        }
    }

    private interface Request {
        JsonNode send() throws IOException, Refused;
    }

    /** IAM said no, with this code. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String code) {
            super(code, null, false, false);
        }
    }
}
