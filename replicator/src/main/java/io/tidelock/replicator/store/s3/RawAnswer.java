package io.tidelock.replicator.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The XML of one answer as it came, for the two cases in which the SDK's reading of it loses something. */
final class RawAnswer {
    /** Where a request carries what its answer is to fill. */
    static final ExecutionAttribute<RawAnswer> ATTRIBUTE = new ExecutionAttribute<>("TidelockRawAnswer");

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
                try (body) {
                    answer.xml = body.readAllBytes();
                    return new ByteArrayInputStream(answer.xml);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
