package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that S3 would not take, with its own code for each. */
class DocumentRefusalsTest {
    private static final String CORS_REST = "<AllowedOrigin>*</AllowedOrigin>";

    @TempDir
    private static Path bodies;

    private static ServedWorld world;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String subResource(BucketDocument kind) {
        return switch (kind) {
            case ACCELERATE -> "accelerate";
            case CORS -> "cors";
            case LIFECYCLE -> "lifecycle";
            case LOGGING -> "logging";
            case NOTIFICATION -> "notification";
            case REQUEST_PAYMENT -> "requestPayment";
            case WEBSITE -> "website";
        };
    }

    /** Puts a document into a new bucket, sees it refused and the bucket as it was, and tells the answer. */
    private static String refused(BucketDocument kind, String content) throws Exception {
        var bucket = world.bucket();
        var document = "<" + kind.root() + ">" + content + "</" + kind.root() + ">";
        var answer = world.send("PUT", "/" + bucket.name() + "?" + subResource(kind), document);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(bucket.settings().document(kind)).isEmpty();
        return answer.body();
    }

    @ParameterizedTest
    @EnumSource
    void an_element_that_no_schema_knows_is_refused(BucketDocument kind) throws Exception {
        assertThat(refused(kind, "<Surprise>1</Surprise>")).contains("<Code>MalformedXML</Code>");
    }

    @ParameterizedTest
    @EnumSource
    void another_root_is_refused(BucketDocument kind) throws Exception {
        // Given
        var bucket = world.bucket();
        // When
        var answer = world.send("PUT", "/" + bucket.name() + "?" + subResource(kind), "<Tagging/>");
        // Then
        assertThat(answer.body()).contains("<Code>MalformedXML</Code>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<AllowedMethod>PATCH</AllowedMethod>ORIGIN | InvalidRequest | Unsupported method is PATCH",
                "<AllowedMethod>GET</AllowedMethod><AllowedOrigin>*.*</AllowedOrigin> | InvalidRequest | more than one wildcard",
                "<AllowedMethod>GET</AllowedMethod>ORIGIN<ExposeHeader>x-*</ExposeHeader> | InvalidRequest | contains wildcard",
                "<AllowedMethod>GET</AllowedMethod> | MalformedXML | schema",
                "ORIGIN | MalformedXML | schema",
                "<AllowedMethod>GET</AllowedMethod>ORIGIN<MaxAgeSeconds>long</MaxAgeSeconds> | MalformedXML | schema"
            })
    void a_cors_rule_that_cannot_be_is_refused(String content, String code, String message) throws Exception {
        // When
        var answer = refused(BucketDocument.CORS, "<CORSRule>" + content.replace("ORIGIN", CORS_REST) + "</CORSRule>");
        // Then
        assertThat(answer).contains("<Code>" + code + "</Code>").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Filter/> | InvalidRequest | At least one action",
                "<Filter/><Expiration><Days>0</Days></Expiration> | InvalidArgument | must be a positive integer",
                "<Filter/><Expiration><Days>1</Days><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>"
                        + " | MalformedXML | schema",
                "<Filter/><Expiration><Date>2030-01-01T12:00:00Z</Date></Expiration> | InvalidArgument | midnight",
                "<Expiration><Days>1</Days></Expiration> | MalformedXML | schema",
                "<Filter/><Prefix>a</Prefix><Expiration><Days>1</Days></Expiration> | MalformedXML | schema",
                "<Filter><Prefix>a</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></Filter><Expiration><Days>1</Days>"
                        + "</Expiration> | MalformedXML | schema",
                "<Filter/><Transition><Days>1</Days><StorageClass>STANDARD</StorageClass></Transition> | MalformedXML | schema",
                "<Filter/><Transition><Days>-1</Days><StorageClass>GLACIER</StorageClass></Transition> | InvalidArgument"
                        + " | nonnegative"
            })
    void a_lifecycle_rule_that_cannot_be_is_refused(String content, String code, String message) throws Exception {
        // When
        var answer = refused(BucketDocument.LIFECYCLE, "<Rule><Status>Enabled</Status>" + content + "</Rule>");
        // Then
        assertThat(answer).contains("<Code>" + code + "</Code>").contains(message);
    }

    @Test
    void two_lifecycle_rules_do_not_share_an_id() throws Exception {
        // Given
        var rule = "<Rule><ID>a</ID><Status>Enabled</Status><Filter/><Expiration><Days>1</Days></Expiration></Rule>";
        // Then
        assertThat(refused(BucketDocument.LIFECYCLE, rule + rule)).contains("Rule ID must be unique");
    }

    @Test
    void logs_go_to_a_bucket_of_the_same_account_and_region() throws Exception {
        // Given
        var others = world.world.createBucket("others-logs", ServedWorld.PARIS, ServedWorld.BOB);
        var elsewhere = world.world.createBucket("frankfurt-logs", ServedWorld.FRANKFURT, ServedWorld.ALICE);
        for (var target : new String[] {"no-such-bucket", others.name(), elsewhere.name()}) {
            // When
            var answer = refused(
                    BucketDocument.LOGGING,
                    "<LoggingEnabled><TargetBucket>" + target + "</TargetBucket><TargetPrefix/></LoggingEnabled>");
            // Then
            assertThat(answer).as(target).contains("<Code>InvalidTargetBucketForLogging</Code>");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "arn:aws:sqs:eu-west-3:111122223333:q | s3:ObjectRenamed:* | not supported for notifications",
                "arn:aws:sqs:eu-west-3:111122223333:q | ObjectCreated:* | not supported for notifications",
                "arn:aws:sns:eu-west-3:111122223333:q | s3:ObjectCreated:* | ARN could not be parsed",
                "queue | s3:ObjectCreated:* | ARN could not be parsed",
                "arn:aws:sqs:eu-central-1:111122223333:q | s3:ObjectCreated:* | service region is not valid"
            })
    void a_notification_that_cannot_be_is_refused(String arn, String event, String message) throws Exception {
        // When
        var answer = refused(
                BucketDocument.NOTIFICATION,
                "<QueueConfiguration><Queue>" + arn + "</Queue><Event>" + event + "</Event></QueueConfiguration>");
        // Then
        assertThat(answer).contains("<Code>InvalidArgument</Code>").contains(message);
    }

    @Test
    void two_notifications_do_not_tell_the_same_event_of_the_same_keys() throws Exception {
        // Given
        var arn = "arn:aws:sqs:eu-west-3:111122223333:q";
        var all = notification(arn, "s3:ObjectCreated:*", "photos/");
        // Then
        assertThat(refused(BucketDocument.NOTIFICATION, all + notification(arn, "s3:ObjectCreated:Put", "photos/a")))
                .contains("Configurations overlap");
        var bucket = world.bucket();
        var document = all
                + notification(arn, "s3:ObjectCreated:Put", "films/")
                + notification(arn, "s3:ObjectRemoved:*", "photos/");
        assertThat(world.send(
                                "PUT",
                                "/" + bucket.name() + "?notification",
                                "<NotificationConfiguration>" + document + "</NotificationConfiguration>")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String notification(String arn, String event, String prefix) {
        return "<QueueConfiguration><Queue>" + arn + "</Queue><Event>" + event
                + "</Event><Filter><S3Key><FilterRule><Name>prefix</Name><Value>" + prefix
                + "</Value></FilterRule></S3Key></Filter></QueueConfiguration>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ErrorDocument><Key>e</Key></ErrorDocument>",
                "<IndexDocument><Suffix>a/b</Suffix></IndexDocument>",
                "<IndexDocument><Suffix/></IndexDocument>",
                "<RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo>"
                        + "<IndexDocument><Suffix>i</Suffix></IndexDocument>"
            })
    void a_website_that_cannot_be_is_refused(String content) throws Exception {
        assertThat(refused(BucketDocument.WEBSITE, content)).contains("<Code>InvalidArgument</Code>");
    }

    @Test
    void a_bucket_with_a_period_in_its_name_is_not_accelerated() throws Exception {
        // Given
        world.world.createBucket("with.period", ServedWorld.PARIS, ServedWorld.ALICE);
        // When
        var answer = world.send(
                "PUT",
                "/with.period?accelerate",
                "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>");
        // Then
        assertThat(answer.body()).contains("<Code>InvalidRequest</Code>").contains("periods");
    }

    @Test
    void somebody_pays() throws Exception {
        assertThat(refused(BucketDocument.REQUEST_PAYMENT, "<Payer>Nobody</Payer>"))
                .contains("<Code>MalformedXML</Code>");
    }
}
