package io.tidelock.deploy.posture.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.document.Collected;
import io.tidelock.replicator.store.s3.S3Settings;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads the policies of keys from KMS, in the region that the key's ARN names.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html">GetKeyPolicy</a>
 */
final class KeyRequests {
    private static final String TARGET = "TrentService.GetKeyPolicy";
    /** A key has one policy, of this name. */
    private static final String POLICY_NAME = "default";

    private final SignedRequests requests;
    private final @Nullable URI own;

    KeyRequests(SignedRequests requests, S3Settings settings) {
        this.requests = requests;
        own = settings.endpoint();
    }

    Collected<JsonNode> policy(String keyArn) {
        var region = keyArn.split(":", 6)[3];
        var question =
                JsonNodeFactory.instance.objectNode().put("KeyId", keyArn).put("PolicyName", POLICY_NAME);
        try {
            var answer = requests.json(endpoint(region), "kms", region, TARGET, question);
            return answer.ok()
                    ? new Collected.Known<>(
                            BucketRequests.policy(answer.root().path("Policy").asText("")))
                    : new Collected.Unavailable<>(code(answer));
        } catch (SdkException e) {
            return new Collected.Unavailable<>(BucketRequests.code(e));
        } catch (IOException e) {
            return new Collected.Unavailable<>("Unreachable");
        }
    }

    private URI endpoint(String region) {
        return own != null
                ? own
                : URI.create("https://kms." + region + ".amazonaws.com" + (region.startsWith("cn-") ? ".cn/" : "/"));
    }

    /** The error's type, which may have a namespace before it. */
    private static String code(SignedRequests.JsonAnswer answer) {
        var type = answer.root().path("__type").asText("");
        return type.isEmpty() ? "HTTP" + answer.status() : type.substring(type.indexOf('#') + 1);
    }
}
