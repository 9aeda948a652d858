package io.tidelock.scenarios.service;

import io.tidelock.sandbox.model.AccessKey;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients of the AWS SDK for those outside of the service. */
public final class S3Clients {
    private S3Clients() {}

    /** A client that the caller closes. */
    public static S3Client of(URI endpoint, String region, AccessKey key) {
        return builder(endpoint, region, key).build();
    }

    /** The same for servers that take no checksums behind bodies in chunks. */
    public static S3Client withoutTrailers(URI endpoint, String region, AccessKey key) {
        return builder(endpoint, region, key)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
                .build();
    }

    private static S3ClientBuilder builder(URI endpoint, String region, AccessKey key) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                // What is read is compared by the reader itself; a corrupted body must come through to be told as one.
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())));
    }
}
