package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAccelerateStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TargetGrant;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;
import software.amazon.awssdk.services.s3.model.Type;

/** The documents that a bucket keeps, written and read by the SDK. */
class KeptDocumentsTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private String name = "";

    @BeforeEach
    void aBucket() {
        name = world.bucket().name();
    }

    @Test
    void cors_is_kept_and_deleted() {
        // Given
        var rule = CORSRule.builder()
                .id("all")
                .allowedMethods("GET", "PUT")
                .allowedOrigins("https://*.example.com")
                .allowedHeaders("x-amz-*")
                .exposeHeaders("ETag")
                .maxAgeSeconds(60)
                .build();
        refusal("NoSuchCORSConfiguration", () -> s3.getBucketCors(request -> request.bucket(name)));
        // When
        s3.putBucketCors(request -> request.bucket(name).corsConfiguration(cors -> cors.corsRules(rule)));
        // Then
        assertThat(s3.getBucketCors(request -> request.bucket(name)).corsRules())
                .containsExactly(rule);
        s3.deleteBucketCors(request -> request.bucket(name));
        refusal("NoSuchCORSConfiguration", () -> s3.getBucketCors(request -> request.bucket(name)));
    }

    @Test
    void logging_is_kept_and_switched_off_by_an_empty_document() {
        // Given
        var grant = TargetGrant.builder()
                .permission("READ")
                .grantee(grantee -> grantee.type(Type.CANONICAL_USER).id(ServedWorld.BOB.canonicalId()))
                .build();
        assertThat(s3.getBucketLogging(request -> request.bucket(name)).loggingEnabled())
                .isNull();
        // When
        s3.putBucketLogging(request -> request.bucket(name)
                .bucketLoggingStatus(status -> status.loggingEnabled(enabled ->
                        enabled.targetBucket(name).targetPrefix("logs/").targetGrants(grant))));
        // Then
        var enabled = s3.getBucketLogging(request -> request.bucket(name)).loggingEnabled();
        assertThat(enabled.targetPrefix()).isEqualTo("logs/");
        assertThat(enabled.targetGrants()).containsExactly(grant);
        assertThat(enabled.targetGrants().getFirst().permissionAsString()).isEqualTo(Permission.READ.toString());
        s3.putBucketLogging(request -> request.bucket(name).bucketLoggingStatus(_ -> {}));
        assertThat(s3.getBucketLogging(request -> request.bucket(name)).loggingEnabled())
                .isNull();
    }

    @Test
    void lifecycle_rules_are_kept_and_those_without_an_id_get_one() {
        // Given
        var named = LifecycleRule.builder()
                .id("old versions")
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix("photos/"))
                .noncurrentVersionExpiration(
                        expiration -> expiration.noncurrentDays(30).newerNoncurrentVersions(3))
                .build();
        var unnamed = LifecycleRule.builder()
                .status(ExpirationStatus.DISABLED)
                .filter(filter -> filter.and(both ->
                        both.prefix("a").tags(Tag.builder().key("k").value("v").build())))
                .transitions(Transition.builder()
                        .days(90)
                        .storageClass(TransitionStorageClass.GLACIER_IR)
                        .build())
                .abortIncompleteMultipartUpload(abort -> abort.daysAfterInitiation(7))
                .build();
        refusal(
                "NoSuchLifecycleConfiguration",
                () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(name)));
        // When
        s3.putBucketLifecycleConfiguration(
                request -> request.bucket(name).lifecycleConfiguration(rules -> rules.rules(named, unnamed)));
        // Then
        var kept = s3.getBucketLifecycleConfiguration(request -> request.bucket(name))
                .rules();
        assertThat(kept).first().isEqualTo(named);
        assertThat(kept.getLast().id()).isNotEmpty();
        assertThat(kept.getLast().toBuilder().id(null).build()).isEqualTo(unnamed);
        s3.deleteBucketLifecycle(request -> request.bucket(name));
        refusal(
                "NoSuchLifecycleConfiguration",
                () -> s3.getBucketLifecycleConfiguration(request -> request.bucket(name)));
    }

    @Test
    void notifications_are_kept_as_a_document() {
        // Given
        var queue = QueueConfiguration.builder()
                .id("to the queue")
                .queueArn("arn:aws:sqs:eu-west-3:111122223333:photos")
                .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED_DELETE_MARKER_CREATED)
                .filter(filter -> filter.key(key -> key.filterRules(
                        FilterRule.builder().name("prefix").value("in/").build())))
                .build();
        assertThat(s3.getBucketNotificationConfiguration(request -> request.bucket(name))
                        .hasQueueConfigurations())
                .isFalse();
        // When
        s3.putBucketNotificationConfiguration(request -> request.bucket(name)
                .notificationConfiguration(configuration -> configuration
                        .queueConfigurations(queue)
                        .topicConfigurations(TopicConfiguration.builder()
                                .topicArn("arn:aws:sns:eu-west-3:111122223333:tags")
                                .events(Event.S3_OBJECT_TAGGING)
                                .build())
                        .eventBridgeConfiguration(_ -> {})));
        // Then
        var kept = s3.getBucketNotificationConfiguration(request -> request.bucket(name));
        assertThat(kept.queueConfigurations()).containsExactly(queue);
        assertThat(kept.topicConfigurations().getFirst().id()).isNotEmpty();
        assertThat(kept.eventBridgeConfiguration()).isNotNull();
    }

    @Test
    void a_website_is_kept_and_deleted() {
        // When
        s3.putBucketWebsite(request -> request.bucket(name)
                .websiteConfiguration(website -> website.indexDocument(index -> index.suffix("index.html"))
                        .errorDocument(error -> error.key("error.html"))));
        // Then
        assertThat(s3.getBucketWebsite(request -> request.bucket(name))
                        .errorDocument()
                        .key())
                .isEqualTo("error.html");
        s3.deleteBucketWebsite(request -> request.bucket(name));
        refusal("NoSuchWebsiteConfiguration", () -> s3.getBucketWebsite(request -> request.bucket(name)));
    }

    @Test
    void the_owner_pays_unless_the_bucket_says_otherwise() {
        // Given
        assertThat(s3.getBucketRequestPayment(request -> request.bucket(name)).payer())
                .isEqualTo(Payer.BUCKET_OWNER);
        // When
        s3.putBucketRequestPayment(
                request -> request.bucket(name).requestPaymentConfiguration(payment -> payment.payer(Payer.REQUESTER)));
        // Then
        assertThat(s3.getBucketRequestPayment(request -> request.bucket(name)).payer())
                .isEqualTo(Payer.REQUESTER);
    }

    @Test
    void acceleration_has_no_status_before_it_is_set() {
        // Given
        assertThat(s3.getBucketAccelerateConfiguration(request -> request.bucket(name))
                        .status())
                .isNull();
        // When
        s3.putBucketAccelerateConfiguration(request -> request.bucket(name)
                .accelerateConfiguration(configuration -> configuration.status(BucketAccelerateStatus.ENABLED)));
        // Then
        assertThat(s3.getBucketAccelerateConfiguration(request -> request.bucket(name))
                        .status())
                .isEqualTo(BucketAccelerateStatus.ENABLED);
    }

    @Test
    void what_a_document_says_is_escaped_when_it_is_read() {
        // Given
        var rule = CORSRule.builder()
                .id("<a&\"b\">")
                .allowedMethods("GET")
                .allowedOrigins("*")
                .build();
        // When
        s3.putBucketCors(request -> request.bucket(name).corsConfiguration(cors -> cors.corsRules(rule)));
        // Then
        assertThat(s3.getBucketCors(request -> request.bucket(name)).corsRules())
                .containsExactly(rule);
    }
}
