package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;

/**
 * Keys may hold characters that XML 1.0 cannot, and some answers repeat the key as it is. Nobody needs it from there, but no parser reads the
 * rest of such an answer either: so whatever XML cannot hold is replaced before it is read. Listings are asked for in an encoding of
 * their own instead.
 *
 * @see <a href="https://www.w3.org/TR/xml/#charsets">XML 1.0, characters</a>
 */
final class LegalXml implements ExecutionInterceptor {
    /** Answers that are read whole are small: at most 1,000 parts, or an error. */
    private static final int BYTES_MAX = 4 * 1024 * 1024;

    private static final String REPLACEMENT = "?";
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final Pattern REFERENCE = Pattern.compile("&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (context.httpResponse().isSuccessful() && !repeatsKey(context.request())) {
            return context.responseBody();
        }
        return context.responseBody()
                .map(body -> new ByteArrayInputStream(legal(new String(SmallAnswer.read(body, BYTES_MAX), UTF_8))
                        .getBytes(UTF_8)));
    }

    private static boolean repeatsKey(SdkRequest request) {
        return request instanceof CreateMultipartUploadRequest
                || request instanceof CompleteMultipartUploadRequest
                || request instanceof ListPartsRequest;
    }

    /** The document without characters, or references to characters, that XML 1.0 does not have. */
    static String legal(String xml) {
        var characters = ILLEGAL.matcher(xml).replaceAll(REPLACEMENT);
        return REFERENCE.matcher(characters).replaceAll(LegalXml::legal);
    }

    private static String legal(MatchResult reference) {
        var hex = reference.group(1);
        var character = hex == null ? Integer.parseInt(reference.group(2)) : Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(character)
                        && !ILLEGAL.matcher(Character.toString(character)).matches()
                ? reference.group()
                : REPLACEMENT;
    }
}
