package io.tidelock.scenarios.ceph;

import static io.tidelock.scenarios.ceph.CephSetup.DESTINATION_BUCKET;
import static io.tidelock.scenarios.ceph.CephSetup.EVENTS_TOPIC;
import static io.tidelock.scenarios.ceph.CephSetup.SOURCE_BUCKET;

import io.tidelock.sandbox.ceph.CephCluster;
import io.tidelock.sandbox.ceph.CephCluster.Region;
import io.tidelock.sandbox.ceph.CephCluster.User;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.tidelock.scenarios.service.FreePort;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReplicaPolicy;
import io.tidelock.scenarios.verify.SideBySide;
import io.tidelock.scenarios.verify.Verification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Two regions of Ceph, a broker, the relay between them and the service as a process of its own. */
final class CephInstallation implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private final TemporaryDirectory directory = TemporaryDirectory.create("tidelock-ceph-", false);
    private final CephCluster ceph;
    private final SandboxKafka kafka = new SandboxKafka();
    private final S3Client source;
    private final S3Client replica;
    private final NotificationRelay relay;
    private final ServiceProcess service;

    /** Replicas are written by the user who is to own them. */
    static CephInstallation ofTwoOwners(CephCluster ceph) throws IOException, InterruptedException {
        return new CephInstallation(ceph, ceph.destination());
    }

    /** Replicas are written by the user who owns the source, whom the destination bucket's policy lets in. */
    static CephInstallation ofOneWriter(CephCluster ceph) throws IOException, InterruptedException {
        return new CephInstallation(ceph, ceph.source());
    }

    private CephInstallation(CephCluster ceph, User writer) throws IOException, InterruptedException {
        this.ceph = ceph;
        source = bucket(ceph.paris(), ceph.source(), SOURCE_BUCKET);
        replica = bucket(ceph.frankfurt(), ceph.destination(), DESTINATION_BUCKET);
        letIn(writer);
        kafka.start();
        kafka.createTopic(EVENTS_TOPIC, 1);
        relay = new NotificationRelay(kafka.bootstrapServers(), EVENTS_TOPIC);
        GatewayTopics.notify(ceph.paris(), ceph.source(), source, SOURCE_BUCKET, EVENTS_TOPIC, relay.endpoint());
        var setup = new CephSetup(ceph, kafka.bootstrapServers(), writer, FreePort.find());
        service = ServiceProcess.start(
                ServiceCommand.found(List.of("-Xmx256m")),
                setup.write(directory.path()),
                setup.environment(),
                setup.httpPort(),
                directory.path());
        try {
            service.awaitReady(READY_LIMIT);
        } catch (IllegalStateException notReady) {
            close();
            throw notReady;
        }
    }

    private static S3Client bucket(Region region, User owner, String name) {
        var client = S3Clients.withoutTrailers(region.endpoint(), region.name(), owner.key());
        client.createBucket(request -> request.bucket(name));
        client.putBucketVersioning(request -> request.bucket(name)
                .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        return client;
    }

    private void letIn(User writer) {
        var policy = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*",
              "Principal": {"AWS": "arn:aws:iam:::user/%s"}, "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/*"]}]}\
            """.formatted(writer.account(), DESTINATION_BUCKET, DESTINATION_BUCKET);
        replica.putBucketPolicy(request -> request.bucket(DESTINATION_BUCKET).policy(policy));
    }

    S3Client source() {
        return source;
    }

    S3Client replica() {
        return replica;
    }

    ServiceProcess service() {
        return service;
    }

    NotificationRelay relay() {
        return relay;
    }

    /** The sum of all series of a metric of the rule. */
    double total(String metric) throws InterruptedException {
        return service.metrics().entrySet().stream()
                .filter(series -> series.getKey().startsWith(metric + "{")
                        && series.getKey().contains("rule=\"" + CephSetup.RULE + "\""))
                .mapToDouble(series -> series.getValue())
                .sum();
    }

    /** Compares both sides by an independent reader: the same versions and markers in the same order, each once. */
    Verification verify() throws InterruptedException {
        return SideBySide.compare(
                new BucketReader(source, SOURCE_BUCKET),
                new BucketReader(replica, DESTINATION_BUCKET),
                new ReplicaPolicy(
                        ceph.destination().account(),
                        ceph.destinationKmsKey(),
                        // Ceph ignores SSE-S3, and its buckets encrypt nothing by themselves.
                        "none",
                        Optional.empty(),
                        true,
                        Set.of("tidelock-origin"),
                        ReplicaPolicy.History.EXACT));
    }

    @Override
    public void close() throws IOException {
        service.close();
        relay.close();
        kafka.close();
        source.close();
        replica.close();
        directory.close();
    }
}
