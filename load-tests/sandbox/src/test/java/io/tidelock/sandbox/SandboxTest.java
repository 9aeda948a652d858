package io.tidelock.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;

class SandboxTest {
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.twoRegions();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void both_buckets_are_versioned_and_belong_to_their_own_accounts() {
        try (var paris = s3(TwoRegions.PARIS, basic(TwoRegions.SOURCE_ACCOUNT));
                var frankfurt = s3(TwoRegions.FRANKFURT, basic(TwoRegions.DESTINATION_ACCOUNT))) {
            assertThat(paris.getBucketVersioning(r -> r.bucket(TwoRegions.SOURCE_BUCKET))
                            .status())
                    .isEqualTo(BucketVersioningStatus.ENABLED);
            assertThat(frankfurt
                            .getBucketVersioning(r -> r.bucket(TwoRegions.DESTINATION_BUCKET))
                            .status())
                    .isEqualTo(BucketVersioningStatus.ENABLED);
        }
    }

    @Test
    void what_is_written_to_the_source_is_told_in_its_order() throws Exception {
        try (var paris = s3(TwoRegions.PARIS, basic(TwoRegions.SOURCE_ACCOUNT))) {
            // When
            var put = paris.putObject(
                    r -> r.bucket(TwoRegions.SOURCE_BUCKET).key("told me"), RequestBody.fromString("tide"));
            paris.putObjectTagging(r -> r.bucket(TwoRegions.SOURCE_BUCKET)
                    .key("told me")
                    .tagging(t -> t.tagSet(Tag.builder().key("a").value("b").build())));
            var deleted =
                    paris.deleteObject(r -> r.bucket(TwoRegions.SOURCE_BUCKET).key("told me"));
            var delivered = sandbox.notifications().awaitDelivered(GENEROUS);

            // Then
            assertThat(delivered).isTrue();
            var events = eventsOf("told+me");
            assertThat(events)
                    .extracting(event -> event.get("eventName").textValue())
                    .containsExactly("ObjectCreated:Put", "ObjectTagging:Put", "ObjectRemoved:DeleteMarkerCreated");
            assertThat(events)
                    .extracting(event -> event.at("/s3/object/versionId").textValue())
                    .containsExactly(put.versionId(), put.versionId(), deleted.versionId());
            assertThat(events)
                    .extracting(event -> event.at("/s3/object/sequencer").isMissingNode())
                    .containsExactly(false, true, false);
            assertThat(events.getFirst().at("/s3/object/sequencer").textValue())
                    .isLessThan(events.getLast().at("/s3/object/sequencer").textValue());
            assertThat(events.getFirst().at("/awsRegion").textValue()).isEqualTo(TwoRegions.PARIS_REGION);
        }
    }

    @Test
    void the_source_account_writes_to_the_destination_only_by_the_role_and_then_the_destination_owns_it() {
        // Given
        try (var stranger = s3(TwoRegions.FRANKFURT, basic(TwoRegions.SOURCE_ACCOUNT));
                var writer = s3(TwoRegions.FRANKFURT, assumed());
                var owner = s3(TwoRegions.FRANKFURT, basic(TwoRegions.DESTINATION_ACCOUNT))) {
            // When
            writer.putObject(
                    r -> r.bucket(TwoRegions.DESTINATION_BUCKET)
                            .key("owned")
                            .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                            .ssekmsKeyId(TwoRegions.DESTINATION_KEY_ARN),
                    RequestBody.fromString("tide"));

            // Then
            var version = owner.listObjectVersions(
                            r -> r.bucket(TwoRegions.DESTINATION_BUCKET).prefix("owned"))
                    .versions()
                    .getFirst();
            assertThat(version.owner().id())
                    .isEqualTo(sandbox.account(TwoRegions.DESTINATION_ACCOUNT).canonicalId());
            assertThat(owner.headObject(
                                    r -> r.bucket(TwoRegions.DESTINATION_BUCKET).key("owned"))
                            .ssekmsKeyId())
                    .isEqualTo(TwoRegions.DESTINATION_KEY_ARN);
            assertThatThrownBy(() -> stranger.putObject(
                            r -> r.bucket(TwoRegions.DESTINATION_BUCKET).key("no"), RequestBody.fromString("x")))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        }
    }

    @Test
    void a_region_or_account_that_was_not_added_is_named() {
        assertThatThrownBy(() -> sandbox.region("london")).hasMessage("the sandbox has no region london");
        assertThatThrownBy(() -> Sandbox.builder().role(new Role("999900001111", "nobody", Set.of(), "")))
                .hasMessageContaining("no account 999900001111");
    }

    @Test
    void whatever_was_opened_is_closed_last_opened_first_even_when_one_fails() {
        // Given
        var order = new AtomicInteger();
        var closed = new ArrayList<String>();
        var opened = new OpenThings();
        opened.add(() -> closed.add("first opened " + order.incrementAndGet()));
        opened.add(() -> {
            throw new IllegalStateException("broken");
        });
        opened.add(() -> closed.add("last opened " + order.incrementAndGet()));

        // When
        var closing = assertThatThrownBy(opened::close);

        // Then
        closing.hasRootCauseMessage("broken");
        assertThat(closed).containsExactly("last opened 1", "first opened 2");
    }

    private static List<JsonNode> eventsOf(String encodedKey) throws Exception {
        var mapper = new ObjectMapper();
        var events = new ArrayList<JsonNode>();
        for (var record : sandbox.kafka().records(TwoRegions.EVENTS_TOPIC)) {
            var event = mapper.readTree(new String(record.value(), UTF_8)).at("/Records/0");
            if (event.at("/s3/object/key").textValue().equals(encodedKey)) {
                events.add(event);
            }
        }
        return events;
    }

    private static AwsCredentials assumed() {
        try (var sts = StsClient.builder()
                .endpointOverride(sandbox.region(TwoRegions.FRANKFURT).endpoint())
                .region(Region.of(TwoRegions.FRANKFURT_REGION))
                .credentialsProvider(StaticCredentialsProvider.create(basic(TwoRegions.SOURCE_ACCOUNT)))
                .build()) {
            var session = sts.assumeRole(r -> r.roleArn(TwoRegions.WRITER_ROLE_ARN)
                            .externalId(TwoRegions.EXTERNAL_ID)
                            .roleSessionName("test"))
                    .credentials();
            return AwsSessionCredentials.create(
                    session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
        }
    }

    private static AwsCredentials basic(String accountId) {
        AccessKey key = sandbox.keyOf(accountId);
        return AwsBasicCredentials.create(key.id(), key.secret());
    }

    private static S3Client s3(String regionName, AwsCredentials credentials) {
        var region = sandbox.region(regionName);
        return S3Client.builder()
                .endpointOverride(region.endpoint())
                .region(Region.of(region.region()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
