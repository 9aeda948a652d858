package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * How a version is encrypted at rest (UG: Protecting data with server-side encryption).
 *
 * @param algorithm {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}
 * @param kmsKeyArn the key's ARN with KMS
 * @param bucketKey whether an S3 Bucket Key is used
 * @param context the encryption context as it was given, base64
 * @param customerKeyMd5 with a key that only its customer has: the base64 MD5 of that key, and the algorithm is {@code AES256}
 */
public record Encryption(
        String algorithm,
        Optional<String> kmsKeyArn,
        boolean bucketKey,
        Optional<String> context,
        Optional<String> customerKeyMd5) {
    public static final String AES256 = "AES256";
    public static final String KMS = "aws:kms";
    public static final String DSSE = "aws:kms:dsse";

    /** What every bucket does unless told otherwise (UG: Setting default server-side encryption behavior). */
    public static final Encryption SSE_S3 = new Encryption(AES256, Optional.empty(), false, Optional.empty());

    /** One that S3 has the key of. */
    public Encryption(String algorithm, Optional<String> kmsKeyArn, boolean bucketKey, Optional<String> context) {
        this(algorithm, kmsKeyArn, bucketKey, context, Optional.empty());
    }

    /** Encryption with a key that comes with each request (UG: Using server-side encryption with customer-provided keys). */
    public static Encryption customer(String keyMd5) {
        return new Encryption(AES256, Optional.empty(), false, Optional.empty(), Optional.of(keyMd5));
    }

    public boolean kms() {
        return algorithm.equals(KMS) || algorithm.equals(DSSE);
    }

    /** Whether the ETag is no MD5 of the bytes (API: Object). */
    public boolean hidesMd5() {
        return kms() || customerKeyMd5.isPresent();
    }
}
