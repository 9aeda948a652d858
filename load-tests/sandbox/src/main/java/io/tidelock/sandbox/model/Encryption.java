package io.tidelock.sandbox.model;

import java.util.Optional;

/**
 * How a version is encrypted at rest (UG: Protecting data with server-side encryption).
 *
 * @param algorithm {@code AES256} or {@code aws:kms}
 * @param kmsKeyArn the key's ARN with {@code aws:kms}
 * @param bucketKey whether an S3 Bucket Key is used
 * @param context the encryption context as it was given, base64
 */
public record Encryption(String algorithm, Optional<String> kmsKeyArn, boolean bucketKey, Optional<String> context) {
    public static final String AES256 = "AES256";
    public static final String KMS = "aws:kms";

    /** What every bucket does unless told otherwise (UG: Setting default server-side encryption behavior). */
    public static final Encryption SSE_S3 = new Encryption(AES256, Optional.empty(), false, Optional.empty());

    public boolean kms() {
        return algorithm.equals(KMS);
    }
}
