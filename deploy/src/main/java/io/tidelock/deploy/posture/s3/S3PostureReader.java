package io.tidelock.deploy.posture.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.compliance.snapshot.BucketDocument;
import io.tidelock.replicator.store.s3.S3Clients;
import io.tidelock.replicator.store.s3.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads documents through S3, the account's public access block through S3 Control, roles through IAM and keys through
 * KMS. A store with an endpoint of its own is asked there for all four.
 */
public final class S3PostureReader implements PostureReader {
    private static final String BLOCK_PATH = "/v20180820/configuration/publicAccessBlock";
    private static final List<String> FLAGS =
            List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets");

    private final S3Settings settings;
    private final S3Clients clients;
    private final BucketRequests buckets;
    private final SignedRequests signed;
    private final RoleRequests roles;
    private final KeyRequests keys;

    /** Opens a reader; no request is sent yet. */
    public S3PostureReader(S3Settings settings) {
        this.settings = settings;
        clients = new S3Clients(settings);
        buckets = new BucketRequests(clients.s3());
        signed = new SignedRequests(clients);
        roles = new RoleRequests(signed, settings);
        keys = new KeyRequests(signed, settings);
    }

    @Override
    public Collected<JsonNode> document(String bucket, BucketDocument which) {
        return buckets.document(bucket, which);
    }

    /** @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html">GetPublicAccessBlock</a> */
    @Override
    public Collected<JsonNode> accountBlock(String account) {
        try {
            var answer = signed.get(control(account), "s3", settings.region(), Map.of("x-amz-account-id", account));
            if (!answer.ok()) {
                var code = answer.text("Code");
                return code.equals("NoSuchPublicAccessBlockConfiguration")
                        ? new Collected.NotConfigured<>()
                        : new Collected.Unavailable<>(code.isEmpty() ? "HTTP" + answer.status() : code);
            }
            var block = JsonNodeFactory.instance.objectNode();
            for (var flag : FLAGS) {
                var value = answer.text(flag);
                if (!value.isEmpty()) {
                    block.put(flag, value.equalsIgnoreCase("true"));
                }
            }
            return new Collected.Known<>(block);
        } catch (SdkException e) {
            return new Collected.Unavailable<>(BucketRequests.code(e));
        } catch (IOException e) {
            return new Collected.Unavailable<>("Unreachable");
        }
    }

    private URI control(String account) {
        var own = settings.endpoint();
        if (own != null) {
            return own.resolve(BLOCK_PATH);
        }
        var domain = settings.region().startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return URI.create("https://" + account + ".s3-control." + settings.region() + domain + BLOCK_PATH);
    }

    @Override
    public Collected<JsonNode> trust(String roleArn) {
        return roles.trust(roleArn);
    }

    @Override
    public Collected<JsonNode> permissions(String roleArn) {
        return roles.permissions(roleArn);
    }

    @Override
    public Collected<JsonNode> keyPolicy(String keyArn) {
        return keys.policy(keyArn);
    }

    @Override
    public void close() {
        clients.close();
    }
}
