package io.tidelock.replicator.store.s3;

import static java.util.Map.entry;

import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The only reader of the SDK's exceptions. Codes are those of S3's error reference and the KMS codes that S3 passes on;
 * a code that is not known is judged by its HTTP status.
 */
final class S3Failures {
    private static final int DETAIL_LENGTH_MAX = 400;
    private static final Map<String, StoreFailure> BY_CODE = Map.ofEntries(
            entry("NoSuchKey", StoreFailure.NOT_FOUND),
            entry("NoSuchVersion", StoreFailure.NOT_FOUND),
            entry("NoSuchUpload", StoreFailure.NOT_FOUND),
            entry("NotFound", StoreFailure.NOT_FOUND),
            entry("NoSuchBucket", StoreFailure.BUCKET_NOT_FOUND),
            entry("PermanentRedirect", StoreFailure.WRONG_REGION),
            entry("TemporaryRedirect", StoreFailure.WRONG_REGION),
            entry("AuthorizationHeaderMalformed", StoreFailure.WRONG_REGION),
            entry("IllegalLocationConstraintException", StoreFailure.WRONG_REGION),
            entry("AccessDenied", StoreFailure.DENIED),
            entry("AllAccessDisabled", StoreFailure.DENIED),
            entry("AccountProblem", StoreFailure.DENIED),
            entry("KMS.AccessDeniedException", StoreFailure.DENIED),
            entry("InvalidAccessKeyId", StoreFailure.CREDENTIALS),
            entry("SignatureDoesNotMatch", StoreFailure.CREDENTIALS),
            entry("ExpiredToken", StoreFailure.CREDENTIALS_UNAVAILABLE),
            entry("InvalidToken", StoreFailure.CREDENTIALS),
            entry("RequestTimeTooSkewed", StoreFailure.CREDENTIALS_UNAVAILABLE),
            entry("KMS.NotFoundException", StoreFailure.KMS_KEY_NOT_FOUND),
            entry("KMS.InvalidKeyUsageException", StoreFailure.KMS_KEY_NOT_FOUND),
            entry("KMS.DisabledException", StoreFailure.KMS_KEY_INVALID_STATE),
            entry("KMS.KMSInvalidStateException", StoreFailure.KMS_KEY_INVALID_STATE),
            entry("KMS.InvalidStateException", StoreFailure.KMS_KEY_INVALID_STATE),
            entry("KMS.ThrottlingException", StoreFailure.THROTTLED),
            entry("KMS.KMSInternalException", StoreFailure.UNAVAILABLE),
            entry("KMS.DependencyTimeoutException", StoreFailure.UNAVAILABLE),
            entry("KMS.KeyUnavailableException", StoreFailure.UNAVAILABLE),
            entry("InvalidObjectState", StoreFailure.ARCHIVED),
            entry("ObjectNotInActiveTierError", StoreFailure.ARCHIVED),
            entry("PreconditionFailed", StoreFailure.PRECONDITION),
            entry("ConditionalRequestConflict", StoreFailure.PRECONDITION),
            entry("OperationAborted", StoreFailure.PRECONDITION),
            entry("BadDigest", StoreFailure.CHECKSUM_MISMATCH),
            entry("InvalidDigest", StoreFailure.CHECKSUM_MISMATCH),
            entry("XAmzContentSHA256Mismatch", StoreFailure.CHECKSUM_MISMATCH),
            entry("XAmzContentChecksumMismatch", StoreFailure.CHECKSUM_MISMATCH),
            entry("NotImplemented", StoreFailure.UNSUPPORTED),
            entry("SlowDown", StoreFailure.THROTTLED),
            entry("SlowDownRead", StoreFailure.THROTTLED),
            entry("SlowDownWrite", StoreFailure.THROTTLED),
            entry("Throttling", StoreFailure.THROTTLED),
            entry("ThrottlingException", StoreFailure.THROTTLED),
            entry("TooManyRequests", StoreFailure.THROTTLED),
            entry("RequestLimitExceeded", StoreFailure.THROTTLED),
            entry("IncompleteBody", StoreFailure.UNAVAILABLE),
            entry("RequestTimeout", StoreFailure.UNAVAILABLE));

    /** Writes that answer NoSuchKey when {@code If-Match} finds nothing to match. */
    private static final Set<String> CONDITIONAL = Set.of("PutObject", "CompleteMultipartUpload", "DeleteObject");

    /** What STS says of whoever assumes a role, or of the provider that vouches for it, and may pass. */
    private static final Set<String> PASSING_AT_STS =
            Set.of("ExpiredToken", "ExpiredTokenException", "IDPCommunicationError", "RequestTimeTooSkewed");

    private static final int UNAVAILABLE_STATUS = 503;
    private static final String SLOW_DOWN = "Slow Down";

    /** Ceph's words for a KMS key that it cannot get, under the code of an unknown access key. */
    private static final String CEPH_KMS_KEY = "Failed to retrieve the actual key, kms-keyid";

    private S3Failures() {}

    /** @param operation the S3 API action that failed */
    static StoreException of(String operation, SdkException failure) {
        return switch (failure) {
            case StsException sts -> ofSts(sts);
            case AwsServiceException service ->
                new StoreException(failureOf(operation, service), operation, detail(service), service);
            case SdkClientException client ->
                new StoreException(failureOf(client), operation, clip(String.valueOf(client.getMessage())), client);
            default ->
                new StoreException(
                        StoreFailure.UNAVAILABLE, operation, clip(String.valueOf(failure.getMessage())), failure);
        };
    }

    private static StoreException ofSts(StsException sts) {
        return new StoreException(failureOfSts(sts), "AssumeRole", detail(sts), sts);
    }

    private static StoreFailure failureOfSts(StsException sts) {
        if (sts.isThrottlingException()) {
            return StoreFailure.THROTTLED;
        }
        if (sts.statusCode() >= 500) {
            return StoreFailure.UNAVAILABLE;
        }
        return PASSING_AT_STS.contains(code(sts)) ? StoreFailure.CREDENTIALS_UNAVAILABLE : StoreFailure.CREDENTIALS;
    }

    private static StoreFailure failureOf(String operation, AwsServiceException failure) {
        var code = code(failure);
        if (code.equals("NoSuchKey") && CONDITIONAL.contains(operation)) {
            return StoreFailure.PRECONDITION;
        }
        if (message(failure).startsWith(CEPH_KMS_KEY)) {
            return StoreFailure.KMS_KEY_NOT_FOUND;
        }
        var known = BY_CODE.get(code);
        return known != null ? known : byStatus(failure);
    }

    private static StoreFailure byStatus(AwsServiceException failure) {
        if (failure.isThrottlingException() || isSlowDown(failure)) {
            return StoreFailure.THROTTLED;
        }
        if (failure.statusCode() < 300) {
            return StoreFailure.UNAVAILABLE; // the store had begun to answer when it failed
        }
        return switch (failure.statusCode()) {
            case 301, 307 -> StoreFailure.WRONG_REGION;
            case 401, 403 -> StoreFailure.DENIED;
            case 404 -> StoreFailure.NOT_FOUND;
            case 405, 501 -> StoreFailure.UNSUPPORTED;
            case 412 -> StoreFailure.PRECONDITION;
            case 400 ->
                asksForCustomerKey(message(failure).toLowerCase(Locale.ROOT))
                        ? StoreFailure.CUSTOMER_KEY_NEEDED
                        : StoreFailure.INVALID_REQUEST;
            default -> failure.statusCode() >= 500 ? StoreFailure.UNAVAILABLE : StoreFailure.INVALID_REQUEST;
        };
    }

    /** The answer to a HEAD has no body for the code; the status line of S3 is {@code 503 Slow Down} then. */
    private static boolean isSlowDown(AwsServiceException failure) {
        var details = failure.awsErrorDetails();
        return failure.statusCode() == UNAVAILABLE_STATUS
                && details != null
                && details.sdkHttpResponse() != null
                && details.sdkHttpResponse()
                        .statusText()
                        .filter(SLOW_DOWN::equalsIgnoreCase)
                        .isPresent();
    }

    /** S3 says how the object is stored; Ceph says what the headers that are missing must hold. */
    private static boolean asksForCustomerKey(String message) {
        return message.contains("stored using a form of server side encryption")
                || message.contains("server side encryption with customer provided keys must");
    }

    private static StoreFailure failureOf(SdkClientException failure) {
        var message = String.valueOf(failure.getMessage());
        if (message.contains("checksum") && message.contains("did not match")) {
            return StoreFailure.CHECKSUM_MISMATCH;
        }
        if (message.contains("of the providers in the chain") || message.contains("Failed to load credentials")) {
            return StoreFailure.CREDENTIALS_UNAVAILABLE; // a service of the machine or container has them, or had
        }
        return message.contains("Unable to load credentials")
                        || message.contains("rofile file contained no credentials")
                ? StoreFailure.CREDENTIALS
                : StoreFailure.UNAVAILABLE;
    }

    static String code(AwsServiceException failure) {
        var details = failure.awsErrorDetails();
        var code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static String message(AwsServiceException failure) {
        var details = failure.awsErrorDetails();
        var message = details == null ? null : details.errorMessage();
        return message == null ? "" : message;
    }

    /** A header of the answer that refused, or null. */
    static @Nullable String header(AwsServiceException failure, String name) {
        var details = failure.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? null
                : details.sdkHttpResponse().firstMatchingHeader(name).orElse(null);
    }

    private static String detail(AwsServiceException failure) {
        var code = code(failure);
        return clip((code.isEmpty() ? "HTTP" : code) + " " + failure.statusCode() + " " + message(failure))
                .strip();
    }

    private static String clip(String text) {
        return text.length() <= DETAIL_LENGTH_MAX ? text : text.substring(0, DETAIL_LENGTH_MAX) + "...";
    }
}
