package io.tidelock.replicator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.store.StoreFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.StsException;

class S3FailuresTest {
    private static AwsServiceException refusal(
            AwsServiceException.Builder builder, int status, String code, String text) {
        return builder.statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code.isEmpty() ? null : code)
                        .errorMessage(text)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchKey, NOT_FOUND",
        "404, NoSuchVersion, NOT_FOUND",
        "404, NoSuchUpload, NOT_FOUND",
        "404, NoSuchBucket, BUCKET_NOT_FOUND",
        "404, '', NOT_FOUND",
        "301, PermanentRedirect, WRONG_REGION",
        "301, '', WRONG_REGION",
        "400, AuthorizationHeaderMalformed, WRONG_REGION",
        "403, AccessDenied, DENIED",
        "403, '', DENIED",
        "403, InvalidAccessKeyId, CREDENTIALS",
        "403, SignatureDoesNotMatch, CREDENTIALS",
        "400, ExpiredToken, CREDENTIALS_UNAVAILABLE",
        "403, RequestTimeTooSkewed, CREDENTIALS_UNAVAILABLE",
        "400, KMS.NotFoundException, KMS_KEY_NOT_FOUND",
        "400, KMS.DisabledException, KMS_KEY_INVALID_STATE",
        "400, KMS.KMSInvalidStateException, KMS_KEY_INVALID_STATE",
        "400, KMS.ThrottlingException, THROTTLED",
        "403, InvalidObjectState, ARCHIVED",
        "403, ObjectNotInActiveTierError, ARCHIVED",
        "412, PreconditionFailed, PRECONDITION",
        "409, ConditionalRequestConflict, PRECONDITION",
        "412, '', PRECONDITION",
        "400, BadDigest, CHECKSUM_MISMATCH",
        "400, XAmzContentSHA256Mismatch, CHECKSUM_MISMATCH",
        "501, NotImplemented, UNSUPPORTED",
        "405, MethodNotAllowed, UNSUPPORTED",
        "503, SlowDown, THROTTLED",
        "503, SlowDownWrite, THROTTLED",
        "429, TooManyRequests, THROTTLED",
        "503, ServiceUnavailable, UNAVAILABLE",
        "500, InternalError, UNAVAILABLE",
        "400, RequestTimeout, UNAVAILABLE",
        "400, InvalidArgument, INVALID_REQUEST",
        "416, InvalidRange, INVALID_REQUEST"
    })
    void every_code_has_one_meaning(int status, String code, StoreFailure expected) {
        // When
        var failure = S3Failures.of("GetObject", refusal(S3Exception.builder(), status, code, "no"));

        // Then
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure.operation()).isEqualTo("GetObject");
        assertThat(failure).hasMessageContaining(code);
    }

    @Test
    void rule_29_an_object_of_a_customers_key_is_recognised_by_its_message() {
        // Given
        var text =
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided";

        // When
        var failure = S3Failures.of("GetObject", refusal(S3Exception.builder(), 400, "InvalidRequest", text));

        // Then
        assertThat(failure.failure()).isEqualTo(StoreFailure.CUSTOMER_KEY_NEEDED);
    }

    @Test
    void a_missing_key_fails_the_condition_of_a_write_but_is_not_found_to_a_read() {
        // Given
        var missing = refusal(S3Exception.builder(), 404, "NoSuchKey", "no");

        // When / Then
        assertThat(S3Failures.of("PutObject", missing).failure()).isEqualTo(StoreFailure.PRECONDITION);
        assertThat(S3Failures.of("CopyObject", missing).failure()).isEqualTo(StoreFailure.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, CREDENTIALS",
        "403, ExpiredToken, CREDENTIALS_UNAVAILABLE",
        "400, ExpiredTokenException, CREDENTIALS_UNAVAILABLE",
        "400, IDPCommunicationError, CREDENTIALS_UNAVAILABLE",
        "400, Throttling, THROTTLED",
        "500, InternalFailure, UNAVAILABLE"
    })
    void a_role_that_cannot_be_assumed_is_a_matter_of_credentials(int status, String code, StoreFailure expected) {
        // When
        var failure = S3Failures.of("PutObject", refusal(StsException.builder(), status, code, "no"));

        // Then
        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure.operation()).isEqualTo("AssumeRole");
    }

    @Test
    void what_never_reached_the_store_may_be_tried_again() {
        // When
        var failure = S3Failures.of("PutObject", SdkClientException.create("Unable to execute HTTP request: refused"));

        // Then
        assertThat(failure.failure()).isEqualTo(StoreFailure.UNAVAILABLE);
        assertThat(failure.failure().retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain(...) : "
                + "[ProfileCredentialsProvider(): Profile file contained no credentials for profile ''default'']', true",
        "Failed to load credentials from IMDS., true",
        "Unable to load credentials from system settings. Access key must be specified, false",
        "Profile file contained no credentials for profile 'x': ProfileFile(), false"
    })
    void credentials_that_a_service_hands_out_may_come_later(String message, boolean passes) {
        // When
        var failure = S3Failures.of("PutObject", SdkClientException.create(message));

        // Then
        assertThat(failure.failure())
                .isEqualTo(passes ? StoreFailure.CREDENTIALS_UNAVAILABLE : StoreFailure.CREDENTIALS);
    }
}
