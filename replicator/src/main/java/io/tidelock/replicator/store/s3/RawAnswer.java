package io.tidelock.replicator.store.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The XML of one answer as it came, for the two cases in which the SDK's reading of it loses something. */
final class RawAnswer {
    /** Where a request carries what its answer is to fill. */
    static final ExecutionAttribute<RawAnswer> ATTRIBUTE = new ExecutionAttribute<>("TidelockRawAnswer");

    /** A page of a thousand keys at their longest, and S3's largest configuration, stay far below this. */
    static final int BYTES_MAX = 32 << 20;

    private byte[] xml = new byte[0];

    /** Empty until the answer is there. */
    byte[] xml() {
        return xml;
    }

    /** Keeps the bytes of those answers whose request asks for it. */
    static final class Recorder implements ExecutionInterceptor {
        @Override
        public Optional<InputStream> modifyHttpResponseContent(
                Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            var answer = attributes.getAttribute(ATTRIBUTE);
            if (answer == null || !context.httpResponse().isSuccessful()) {
                return context.responseBody();
            }
            return context.responseBody().map(body -> {
                answer.xml = SmallAnswer.read(body, BYTES_MAX);
                return new ByteArrayInputStream(answer.xml);
            });
        }
    }
}
