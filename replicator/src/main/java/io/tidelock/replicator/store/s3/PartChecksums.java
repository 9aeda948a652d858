package io.tidelock.replicator.store.s3;

import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The checksum of one part, by its algorithm: the SDK has a field for each, in many types that have no common one. */
final class PartChecksums {
    private PartChecksums() {}

    /** Empty where the answer has none in that algorithm. */
    static String of(String algorithm, SdkPojo answer) {
        return field(algorithm, answer)
                .map(field -> field.getValueOrDefault(answer))
                .map(Object::toString)
                .orElse("");
    }

    static void set(String algorithm, String base64, SdkPojo builder) {
        field(algorithm, builder)
                .orElseThrow(() -> new IllegalArgumentException("no part has a checksum in " + algorithm))
                .set(builder, base64);
    }

    private static Optional<SdkField<?>> field(String algorithm, SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> field.memberName().equals("Checksum" + algorithm))
                .findFirst();
    }
}
