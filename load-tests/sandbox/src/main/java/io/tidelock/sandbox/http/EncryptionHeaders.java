package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Encryption;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.KmsKeys;
import io.tidelock.sandbox.model.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides how a write is encrypted and tells about it (UG: Using server-side encryption with KMS keys; Setting default server-side encryption behavior). */
final class EncryptionHeaders {
    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String BUCKET_KEY = "x-amz-server-side-encryption-bucket-key-enabled";
    private static final String CONTEXT = "x-amz-server-side-encryption-context";

    private static final Set<String> KMS = Set.of(Encryption.KMS, Encryption.DSSE);

    private EncryptionHeaders() {}

    /** As the headers say, or as the bucket does by default; the key must be usable in the bucket's region. */
    static Encryption resolve(Exchange exchange, BucketState bucket) {
        var algorithm = exchange.header(ALGORITHM);
        var keyId = exchange.header(KEY_ID);
        var customer = CustomerKey.of(exchange, CustomerKey.OWN);
        if (customer.isPresent()) {
            if (algorithm.isPresent()) {
                throw new Refusal(
                                ErrorCode.INVALID_ARGUMENT,
                                "Server Side Encryption with Customer provided key is incompatible with the encryption"
                                        + " method specified")
                        .with("ArgumentName", ALGORITHM)
                        .with("ArgumentValue", algorithm.get());
            }
            return Encryption.customer(customer.get().md5());
        }
        if (keyId.isPresent() && algorithm.filter(KMS::contains).isEmpty()) {
            throw new Refusal(
                            ErrorCode.INVALID_ARGUMENT,
                            "Server Side Encryption with AWS KMS managed key requires HTTP header"
                                    + " x-amz-server-side-encryption : aws:kms")
                    .with("ArgumentName", ALGORITHM)
                    .with("ArgumentValue", algorithm.orElse("null"));
        }
        if (algorithm.isEmpty()) {
            return byDefault(exchange, bucket);
        }
        return switch (algorithm.get()) {
            case Encryption.AES256 -> Encryption.SSE_S3;
            case Encryption.KMS, Encryption.DSSE ->
                kms(exchange, bucket, algorithm.get(), keyId, bucketKey(exchange, bucket));
            default -> throw new Refusal(ErrorCode.INVALID_ENCRYPTION_ALGORITHM);
        };
    }

    private static Encryption byDefault(Exchange exchange, BucketState bucket) {
        var standard = bucket.settings().encryption();
        return standard.kms()
                ? kms(exchange, bucket, standard.algorithm(), standard.kmsKeyArn(), bucketKey(exchange, bucket))
                : standard;
    }

    /** The object's own header wins over the bucket's setting (UG: Configuring an S3 Bucket Key at the object level). */
    private static boolean bucketKey(Exchange exchange, BucketState bucket) {
        return exchange.header(BUCKET_KEY)
                .map("true"::equalsIgnoreCase)
                .orElse(bucket.settings().encryption().bucketKey());
    }

    /** Bucket keys are not for DSSE (UG: Using dual-layer server-side encryption with AWS KMS keys). */
    private static Encryption kms(
            Exchange exchange, BucketState bucket, String algorithm, Optional<String> keyId, boolean bucketKey) {
        var keys = exchange.world().kmsKeys();
        var account = exchange.caller().accountId();
        var key = keyId.isPresent()
                ? keys.resolve(bucket.region(), account, keyId.get())
                : keys.managed(bucket.region(), account);
        var encryption = new Encryption(
                algorithm,
                Optional.of(key.arn()),
                bucketKey && algorithm.equals(Encryption.KMS),
                exchange.header(CONTEXT));
        require(exchange, "kms:GenerateDataKey", key, arn(bucket.name(), exchange.key(), encryption));
        return encryption;
    }

    /** Refuses to go on with an object whose key cannot decrypt now, or not for the caller. */
    static void checkReadable(Exchange exchange, Encryption encryption) {
        checkReadable(exchange, exchange.bucketName(), exchange.key(), encryption);
    }

    static void checkReadable(Exchange exchange, String bucket, String objectKey, Encryption encryption) {
        encryption
                .kmsKeyArn()
                .ifPresent(arn -> require(
                        exchange,
                        "kms:Decrypt",
                        exchange.world().kmsKeys().get(arn),
                        arn(bucket, objectKey, encryption)));
    }

    /** What S3 tells KMS of an object: its bucket where that has a key of its own (UG: Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys). */
    private static String arn(String bucket, String objectKey, Encryption encryption) {
        return "arn:aws:s3:::" + bucket + (encryption.bucketKey() ? "" : "/" + objectKey);
    }

    private static void require(Exchange exchange, String action, KmsKey key, String objectArn) {
        exchange.require(
                action,
                key,
                Map.of(
                        "kms:viaservice",
                        "s3." + exchange.region() + ".amazonaws.com",
                        "kms:calleraccount",
                        exchange.caller().accountId(),
                        "kms:encryptioncontext:aws:s3:arn",
                        objectArn));
        KmsKeys.requireUsable(key);
    }

    static void put(Exchange exchange, Encryption encryption) {
        var response = exchange.response();
        var customer = encryption.customerKeyMd5();
        if (customer.isPresent()) {
            response.putHeader(CustomerKey.OWN + "algorithm", encryption.algorithm())
                    .putHeader(CustomerKey.OWN + "key-MD5", customer.get());
            return;
        }
        response.putHeader(ALGORITHM, encryption.algorithm());
        encryption.kmsKeyArn().ifPresent(arn -> response.putHeader(KEY_ID, arn));
        if (encryption.bucketKey()) {
            response.putHeader(BUCKET_KEY, "true");
        }
    }
}
