package io.tidelock.scenarios.ceph;

import io.tidelock.sandbox.ceph.CephCluster.Region;
import io.tidelock.sandbox.ceph.CephCluster.User;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;

/** Makes a gateway push the events of a bucket to an HTTP endpoint, through the part of SNS's API that it speaks. */
final class GatewayTopics {
    private GatewayTopics() {}

    static void notify(Region region, User user, S3Client owner, String bucket, String topic, URI endpoint)
            throws IOException, InterruptedException {
        createTopic(region, user, topic, endpoint);
        owner.putBucketNotificationConfiguration(request -> request.bucket(bucket)
                .notificationConfiguration(
                        configuration -> configuration.topicConfigurations(TopicConfiguration.builder()
                                .id("everything")
                                .topicArn("arn:aws:sns:" + region.name() + "::" + topic)
                                .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
                                .build())));
    }

    private static void createTopic(Region region, User user, String topic, URI endpoint)
            throws IOException, InterruptedException {
        var form =
                "Action=CreateTopic&Name=" + topic + "&Attributes.entry.1.key=push-endpoint&Attributes.entry.1.value="
                        + URLEncoder.encode(endpoint.toString(), StandardCharsets.UTF_8);
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(region.endpoint().resolve("/"))
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(AwsCredentialsIdentity.create(
                                user.key().id(), user.key().secret()))
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromUtf8String(form))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sns")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.name()))
                .request();
        var request = HttpRequest.newBuilder(signed.getUri()).POST(HttpRequest.BodyPublishers.ofString(form));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("CreateTopic: " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
