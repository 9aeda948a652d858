package io.tidelock.scenarios.isolation;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.verify.ReplicaPolicy;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;

/** One bucket in Paris whose versions go to three buckets, each in a region of its own, and all of one account. */
final class FourRegions {
    static final String SOURCE = "photos";

    /** The bucket whose region is struck. */
    static final String STRUCK = "photos-stockholm";

    /** The buckets that have nothing to do with that. */
    static final Set<String> OTHERS = Set.of("photos-frankfurt", "photos-dublin");

    private static final String ACCOUNT = "111122223333";
    private static final String TOPIC = "bucket-events";
    private static final String KEY_ID = "TIDELOCK_ACCESS_KEY_ID";
    private static final String SECRET = "TIDELOCK_SECRET_ACCESS_KEY";
    private static final String MARK_KEY = "TIDELOCK_MARK_KEY";
    private static final int PARTITIONS = 12;

    /** Regions by bucket. */
    private static final Map<String, String> REGIONS = new TreeMap<>(Map.of(
            SOURCE,
            "eu-west-3",
            "photos-frankfurt",
            "eu-central-1",
            "photos-dublin",
            "eu-west-1",
            STRUCK,
            "eu-north-1"));

    private FourRegions() {}

    /** Starts the world; a region is named by its bucket. */
    static Sandbox start() {
        var world = Sandbox.builder().account(ACCOUNT, "photographers");
        REGIONS.forEach((bucket, region) ->
                world.region(bucket, region).bucket(bucket, bucket, ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED));
        return world.notify(NotificationConfiguration.ofBucket(SOURCE, TOPIC), 1)
                .start();
    }

    /** A client of the region of a bucket. */
    static S3Client client(Sandbox sandbox, String bucket) {
        var region = sandbox.region(bucket);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(ACCOUNT));
    }

    /** What a replica has to look like. */
    static ReplicaPolicy policy(Sandbox sandbox, History history) {
        return new ReplicaPolicy(
                sandbox.account(ACCOUNT).canonicalId(),
                "",
                "AES256",
                Optional.empty(),
                true,
                Set.of("tidelock-origin"),
                history);
    }

    /** What the service finds in its environment. */
    static Map<String, String> environment(Sandbox sandbox) {
        var key = sandbox.keyOf(ACCOUNT);
        return Map.of(KEY_ID, key.id(), SECRET, key.secret(), MARK_KEY, "this world signs its marks with this");
    }

    /** Writes the service's configuration, which names secrets and holds none. */
    static Path write(Sandbox sandbox, int httpPort, Path directory) throws IOException {
        var stores =
                REGIONS.keySet().stream().map(bucket -> store(sandbox, bucket)).collect(Collectors.joining(", "));
        var destinations = REGIONS.keySet().stream()
                .filter(bucket -> !bucket.equals(SOURCE))
                .sorted()
                .toList();
        return Files.writeString(directory.resolve("tidelock.yaml"), """
            roles: [ingest, replicator, compliance]
            kafka:
              bootstrapServers: "%s"
              topics: {partitions: %d, replicationFactor: 1}
            stores: {%s}
            sources:
              events: {topics: [%s], store: %s, format: s3}
            mark:
              keys: [{id: isolation, secret: "${env:%s}"}]
            replication:
              - source: {store: %s, bucket: %s}
                destinations: {%s}
                configuration:
                  Role: arn:aws:iam::%s:role/replication
                  Rules: [%s]
            http: {host: 127.0.0.1, port: %d}
            log: {format: text, level: info}
            """.formatted(
                sandbox.kafka().bootstrapServers(),
                PARTITIONS,
                stores,
                TOPIC,
                SOURCE,
                MARK_KEY,
                SOURCE,
                SOURCE,
                destinations.stream().map(bucket -> bucket + ": " + bucket).collect(Collectors.joining(", ")),
                ACCOUNT,
                destinations.stream()
                        .map(bucket -> rule(bucket, destinations.indexOf(bucket) + 1))
                        .collect(Collectors.joining(", ")),
                httpPort));
    }

    private static String store(Sandbox sandbox, String bucket) {
        var region = sandbox.region(bucket);
        return """
            %s: {vendor: generic, endpoint: "%s", region: %s, account: "%s", pathStyle: true, \
            credentials: {type: static, accessKeyId: "${env:%s}", secretAccessKey: "${env:%s}"}}\
            """.formatted(bucket, region.endpoint(), region.region(), ACCOUNT, KEY_ID, SECRET);
    }

    private static String rule(String bucket, int priority) {
        return """
            {ID: to-%s, Status: Enabled, Priority: %d, Filter: {}, DeleteMarkerReplication: {Status: Enabled}, \
            Destination: {Bucket: "arn:aws:s3:::%s"}}\
            """.formatted(bucket, priority, bucket);
    }
}
