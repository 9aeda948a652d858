package io.tidelock.replicator.store.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.Md5Utils;

/** A document sent to a server word for word, which the SDK's own calls would write anew. */
final class SignedPut {
    private SignedPut() {}

    /** @throws IllegalStateException with the answer where the server refuses */
    static void send(URI resource, String region, AwsCredentialsIdentity credentials, String document) {
        var payload = ContentStreamProvider.fromUtf8String(document);
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials)
                        .request(SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .uri(resource)
                                .putHeader("Content-MD5", md5(payload))
                                .build())
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request();
        var request = HttpRequest.newBuilder(resource).PUT(HttpRequest.BodyPublishers.ofString(document));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(resource + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String md5(ContentStreamProvider payload) {
        try (var stream = payload.newStream()) {
            return Md5Utils.md5AsBase64(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
