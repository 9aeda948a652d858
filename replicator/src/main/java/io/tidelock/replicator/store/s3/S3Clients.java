package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.budget.Budget;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The one client of a store, with everything that it stands on. Nothing is retried here: a streamed body cannot be sent
 * twice, and the replicator retries whole operations.
 */
public final class S3Clients implements AutoCloseable {
    private static final String USER_AGENT = "tidelock";

    private final Deque<SdkAutoCloseable> opened = new ArrayDeque<>();
    private final S3Client s3;
    private final S3Client withoutChecksums;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider provider;

    /** Opens the clients; no request is sent yet. */
    public S3Clients(S3Settings settings) {
        this(settings, new Budget(settings.budget(), InstantSource.system()));
    }

    /** The same, with a budget that others spend, too. */
    S3Clients(S3Settings settings, Budget budget) {
        http = opened(httpClient(settings));
        var budgeted = new BudgetedHttpClient(http, budget);
        provider = provider(settings.credentials(), settings, http);
        s3 = opened(s3(settings, budgeted, provider, settings.vendor().checksums()));
        withoutChecksums = settings.vendor().checksums() ? opened(s3(settings, budgeted, provider, false)) : s3;
    }

    /** The store's client. */
    public S3Client s3() {
        return s3;
    }

    /** What it sends requests with. */
    public SdkHttpClient http() {
        return http;
    }

    /** Whom it is. */
    public AwsCredentialsProvider credentials() {
        return provider;
    }

    /** The same, for bodies that are held to a checksum of the whole later: computes none of its own. */
    S3Client withoutChecksums() {
        return withoutChecksums;
    }

    private static SdkHttpClient httpClient(S3Settings settings) {
        return Apache5HttpClient.builder()
                .maxConnections(settings.connectionsMax())
                .connectionTimeout(settings.connectTimeout())
                .connectionAcquisitionTimeout(settings.connectTimeout())
                .socketTimeout(settings.answerTimeout())
                .tcpKeepAlive(true)
                .build();
    }

    private static S3Client s3(
            S3Settings settings, SdkHttpClient http, AwsCredentialsProvider provider, boolean checksums) {
        var builder = S3Client.builder()
                .httpClient(http)
                .region(Region.of(settings.region()))
                .credentialsProvider(provider)
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(
                        checksums
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        checksums
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(settings.vendor().checksums())
                        .expectContinueEnabled(false)
                        .build())
                .overrideConfiguration(overrides().toBuilder()
                        .addExecutionInterceptor(new RawAnswer.Recorder())
                        .addExecutionInterceptor(new LegalXml())
                        .build());
        if (!settings.payloadSigned() || !settings.vendor().checksums()) {
            builder.putAuthScheme(new UnsignedPayloadScheme());
        }
        var endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    private static ClientOverrideConfiguration overrides() {
        // An empty profile file: a store is what its settings say, not what a file of the machine adds.
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .defaultProfileFile(ProfileFile.aggregator().build())
                .appId(USER_AGENT)
                .build();
    }

    private AwsCredentialsProvider provider(S3Credentials credentials, S3Settings settings, SdkHttpClient http) {
        return switch (credentials) {
            case S3Credentials.DefaultChain _ ->
                opened(DefaultCredentialsProvider.builder().build());
            case S3Credentials.Environment _ -> EnvironmentVariableCredentialsProvider.create();
            case S3Credentials.Profile(var name) -> opened(ProfileCredentialsProvider.create(name));
            case S3Credentials.Static(var id, var secret) ->
                StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
            case S3Credentials.AssumeRole role -> assumeRole(role, settings, http);
        };
    }

    private AwsCredentialsProvider assumeRole(S3Credentials.AssumeRole role, S3Settings settings, SdkHttpClient http) {
        var builder = StsClient.builder()
                .httpClient(http)
                .region(Region.of(settings.region()))
                .credentialsProvider(provider(role.source(), settings, http))
                .overrideConfiguration(overrides());
        var endpoint = role.stsEndpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        var sts = opened(builder.build());
        return opened(StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(role.roleArn())
                        .externalId(role.externalId())
                        .roleSessionName(USER_AGENT))
                .build());
    }

    private <T extends SdkAutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        opened.forEach(SdkAutoCloseable::close);
    }
}
