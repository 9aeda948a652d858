package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.deploy.command.TidelockCommand;
import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.s3.S3Credentials;
import io.tidelock.replicator.store.s3.S3ObjectStore;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.Vendor;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.SandboxRegion;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.auth.AccessRequest;
import io.tidelock.sandbox.auth.Authorizer;
import io.tidelock.sandbox.auth.KeyRequest;
import io.tidelock.sandbox.model.Actor;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.policy.PolicyAuthorizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service and {@code tidelock check} with exactly the policies that {@code tidelock iam} prints attached, and
 * everything else denied: a call that the needs do not know is denied, and found; so is a use of a key.
 */
class LeastPrivilegeServiceTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LARGE_BYTES = 6 << 20;
    private static final Bucket SOURCE = new Bucket("paris", TwoRegions.SOURCE_BUCKET);
    private static final String READER = "arn:aws:iam::" + TwoRegions.SOURCE_ACCOUNT + ":role/least-reader";
    private static final String WRITER = "arn:aws:iam::" + TwoRegions.DESTINATION_ACCOUNT + ":role/least-writer";

    private final ConcurrentLinkedQueue<String> denied = new ConcurrentLinkedQueue<>();

    @TempDir
    Path directory;

    @Test
    void a_role_of_the_destination_account_writes() throws Exception {
        try (var sandbox = sandbox()) {
            var file = SandboxConfig.write(sandbox, directory, yaml -> yaml(yaml, sandbox, true));
            attach(sandbox, documents(file));

            runsWithoutADeniedCall(sandbox, file, false);
        }
    }

    @Test
    void a_role_of_the_source_account_writes_across_accounts_and_carries_ACLs() throws Exception {
        try (var sandbox = sandbox()) {
            sandbox.bucket(TwoRegions.SOURCE_BUCKET).settings().setOwnership(Optional.of(Ownership.OBJECT_WRITER));
            var file = SandboxConfig.write(
                    sandbox,
                    directory,
                    yaml -> yaml(yaml, sandbox, false)
                            .replaceFirst(" +AccessControlTranslation: .Owner: Destination.\\R", ""));
            attach(sandbox, documents(file));

            runsWithoutADeniedCall(sandbox, file, true);
        }
    }

    private void runsWithoutADeniedCall(Sandbox sandbox, Path file, boolean acls) throws Exception {
        // When
        var check = command("check", "--config", file.toString());

        // Then
        assertThat(check).contains("nothing is missing");
        assertThat(denied).as("denied to check").isEmpty();

        // When
        var config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
        var service = Service.start(config);
        var operations = traffic(sandbox, acls);

        // Then
        await().atMost(LIMIT).until(() -> outcomes(sandbox).size() >= operations);
        assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
        assertThat(outcomes(sandbox)).noneMatch(Outcome.Failed.class::isInstance);
        assertThat(outcomes(sandbox)).anyMatch(Outcome.Replicated.class::isInstance);
        assertThat(outcomes(sandbox)).anyMatch(Outcome.DeleteMarkerPropagated.class::isInstance);
        assertThat(outcomes(sandbox)).anyMatch(Outcome.MetadataSynced.class::isInstance);
        assertThat(outcomes(sandbox))
                .anyMatch(outcome -> outcome instanceof Outcome.Replicated replicated && replicated.restacked());
        assertThat(denied).as("denied to the service").isEmpty();
    }

    private Sandbox sandbox() {
        return TwoRegions.builder()
                .authorizer(world -> {
                    var judge = new PolicyAuthorizer(world);
                    return new Authorizer() {
                        @Override
                        public boolean allows(AccessRequest request) {
                            return told(judge.allows(request), text(request));
                        }

                        @Override
                        public boolean allows(KeyRequest request) {
                            return told(judge.allows(request), text(request));
                        }
                    };
                })
                .start();
    }

    private boolean told(boolean allowed, String request) {
        if (!allowed) {
            denied.add(request);
        }
        return allowed;
    }

    private static String text(KeyRequest request) {
        return request.caller().principalArn() + " " + request.action() + " on "
                + request.key().arn() + " with " + request.context();
    }

    private static String text(AccessRequest request) {
        return request.caller().principalArn() + " " + request.action() + " on " + request.bucket()
                + request.key().map(key -> "/" + key).orElse("");
    }

    /** Two roles that the source account's key assumes one after the other, or one that does all; only keys below a/ replicate. */
    private static String yaml(String yaml, Sandbox sandbox, boolean ownWriter) {
        var key = "{type: static, accessKeyId: \"${file:key-id}\", secretAccessKey: \"${file:secret}\"}";
        var reader = reader(key, sandbox.region(TwoRegions.PARIS));
        var readerThere = reader(key, sandbox.region(TwoRegions.FRANKFURT));
        var writer = "{type: assumeRole, roleArn: \"" + WRITER + "\", externalId: x1, stsEndpoint: "
                + sandbox.region(TwoRegions.FRANKFURT).endpoint() + ", source: " + readerThere + "}";
        var credentials = yaml.indexOf("    credentials:\n      type: assumeRole");
        var changed = yaml.substring(0, credentials)
                + "    credentials: " + (ownWriter ? writer : readerThere) + "\n"
                + yaml.substring(yaml.indexOf("sources:"));
        return changed.replace("credentials: " + key, "credentials: " + reader)
                .replace("Filter: {}", "Filter: {Prefix: a/}")
                .replace(
                        "http: {port: 0}",
                        "replicator: {multipartThresholdBytes: 5242880, partSizeBytes: 5242880}\nhttp: {port: 0}");
    }

    private static String reader(String key, SandboxRegion region) {
        return "{type: assumeRole, roleArn: \"" + READER + "\", stsEndpoint: " + region.endpoint() + ", source: " + key
                + "}";
    }

    private List<JsonNode> documents(Path file) throws IOException {
        var json = command(
                "iam",
                "--config",
                file.toString(),
                "--principal",
                "arn:aws:iam::" + TwoRegions.SOURCE_ACCOUNT + ":user/person",
                "--source-key",
                TwoRegions.SOURCE_KEY_ARN);
        return new ObjectMapper().readTree(json).path("documents").valueStream().toList();
    }

    private static String command(String... arguments) {
        var out = new StringWriter();
        var exitCode = TidelockCommand.commandLine(new PrintWriter(out, true), new PrintWriter(out, true))
                .execute(arguments);
        assertThat(exitCode).as(out.toString()).isZero();
        return out.toString();
    }

    private static void attach(Sandbox sandbox, List<JsonNode> documents) {
        for (var document : documents) {
            var subject = document.path("subject").asText();
            var policy = document.path("policy").toString();
            switch (document.path("kind").asText()) {
                case "PERMISSIONS" -> role(sandbox, subject, policy, trust(documents, subject));
                case "BUCKET_POLICY" ->
                    sandbox.bucket(subject.substring("arn:aws:s3:::".length()))
                            .settings()
                            .setPolicy(Optional.of(policy));
                case "KEY_STATEMENTS" -> policy(sandbox, subject, document);
                default -> {}
            }
        }
    }

    private static Optional<JsonNode> trust(List<JsonNode> documents, String role) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals("TRUST")
                        && document.path("subject").asText().equals(role))
                .map(document -> document.at("/policy/Statement/0"))
                .findFirst();
    }

    private static void role(Sandbox sandbox, String arn, String policy, Optional<JsonNode> trust) {
        if (trust.isEmpty()) {
            return; // the person, whose key may do everything in the sandbox
        }
        var account = sandbox.account(arn.split(":", 6)[4]);
        var assumer = trust.get().at("/Principal/AWS").asText();
        // the sandbox knows a person's key as that of the account
        var trusted = assumer.contains(":user/") ? assumer.split(":", 6)[4] : assumer;
        var externalId =
                trust.get().at("/Condition/StringEquals/sts:ExternalId").asText("");
        sandbox.world()
                .add(account.withRole(
                        new Role(account.id(), arn.substring(arn.indexOf('/') + 1), Set.of(trusted), externalId)
                                .limitedTo(policy)));
    }

    /** The statements, and that people of the source account may encrypt what they write; nothing else. */
    private static void policy(Sandbox sandbox, String keyArn, JsonNode document) {
        var policy = (ObjectNode) document.path("policy");
        policy.withArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "kms:GenerateDataKey")
                .put("Resource", "*")
                .putObject("Principal")
                .put("AWS", "arn:aws:iam::" + TwoRegions.SOURCE_ACCOUNT + ":root");
        sandbox.world().kmsKeys().setPolicy(keyArn, policy.toString());
    }

    /** Every kind of work that the rule can lead to; tells how many operations it makes at least. */
    private static int traffic(Sandbox sandbox, boolean acls) throws InterruptedException {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        var settings = S3Settings.of(
                "paris",
                Vendor.GENERIC,
                TwoRegions.PARIS_REGION,
                sandbox.region(TwoRegions.PARIS).endpoint(),
                new S3Credentials.Static(key.id(), key.secret()));
        var operations = 0;
        try (var store = new S3ObjectStore(settings)) {
            var kms = new Encryption.SseKms(TwoRegions.SOURCE_KEY_ARN, false, false);
            put(store, "a/plain", 10, Map.of(), new Encryption.SseS3());
            put(store, "a/empty", 0, Map.of(), kms);
            put(store, "a/tagged", 10, Map.of("colour", "grey"), kms);
            put(store, "a/large", LARGE_BYTES, Map.of("colour", "grey"), kms);
            put(store, "a/gone", 10, Map.of(), kms);
            var _ = store.putDeleteMarker(new ObjectKey(SOURCE, "a/gone"));
            operations += 6;
            await().atMost(LIMIT).until(() -> outcomes(sandbox).size() >= 6);
            var tagged =
                    store.stack(new ObjectKey(SOURCE, "a/tagged")).current().orElseThrow();
            store.putTags(new ObjectVersion(new ObjectKey(SOURCE, "a/tagged"), tagged.id()), Map.of("colour", "blue"));
            operations++;
            if (acls) {
                var plain =
                        store.stack(new ObjectKey(SOURCE, "a/plain")).current().orElseThrow();
                store.putAcl(
                        new ObjectVersion(new ObjectKey(SOURCE, "a/plain"), plain.id()),
                        AclWrite.canned("public-read"));
                operations++;
            }
            late(sandbox, store, "a/late", kms);
            operations += 3;
            await().atMost(LIMIT).until(() -> sandbox.notifications().awaitDelivered(LIMIT));
        }
        return operations;
    }

    /** A version whose event was lost, one above it, and then an event of the first: what stands on top goes back up. */
    private static void late(Sandbox sandbox, ObjectStore store, String key, Encryption kms)
            throws InterruptedException {
        var before = outcomes(sandbox).size();
        put(store, key, 5, Map.of("n", "1"), kms);
        put(store, key, 6, Map.of("n", "2"), kms);
        await().atMost(LIMIT).until(() -> outcomes(sandbox).size() >= before + 2);
        var replica = sandbox.bucket(TwoRegions.DESTINATION_BUCKET);
        var versions = replica.versions(key);
        // the older replica is lost, as if its event had not come yet, and its event comes again
        var actor = new Actor(
                TwoRegions.DESTINATION_ACCOUNT,
                sandbox.account(TwoRegions.DESTINATION_ACCOUNT).canonicalId(),
                "AWS:test",
                "127.0.0.1",
                "1");
        var _ = replica.deleteVersion(key, versions.getLast().versionId(), actor);
        resend(sandbox, key);
    }

    private static void resend(Sandbox sandbox, String key) {
        var first = sandbox.kafka().records(TwoRegions.EVENTS_TOPIC).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8)
                        .contains(key.substring(key.indexOf('/') + 1) + "\""))
                .findFirst()
                .orElseThrow();
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var _ = producer.send(new ProducerRecord<>(TwoRegions.EVENTS_TOPIC, first.key(), first.value()));
        }
    }

    private static void put(ObjectStore store, String key, int bytes, Map<String, String> tags, Encryption encryption) {
        var write = new ReplicaWrite(
                new ObjectKey(SOURCE, key),
                bytes,
                ContentHeaders.NONE,
                Map.of(),
                tags,
                null,
                encryption,
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
        var _ = store.put(write, new ByteArrayInputStream(new byte[bytes]));
    }

    private static List<Outcome> outcomes(Sandbox sandbox) {
        return sandbox.kafka().records("tidelock.outcomes").stream()
                .map(record -> ((OutcomeCodec.Read) OutcomeCodec.decode(record.value())).outcome())
                .toList();
    }
}
