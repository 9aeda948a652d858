package io.tidelock.replicator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What of a replica travels as headers. S3 takes no more than 8 KB of headers with a PUT (user guide: Working with object metadata), of which user metadata may
 * fill 2 KB. A version can have more tags and grants than fit beside that: ten tags of 384 characters are up to 34 kB in the encoding of addresses, a hundred
 * grants 7 kB.
 */
final class HeaderRoom {
    /**
     * For tags, grants, user metadata, content headers, the context of encryption and a key that says where a copy comes from. The signature, the token of a
     * session and what the HTTP client adds have the other 3 KB.
     */
    static final int BYTES_MAX = 5 * 1024;

    /** The prefix, the punctuation, and where the signature lists it. */
    private static final int BESIDE_METADATA = 2 * "x-amz-meta-".length() + 5;

    private static final int BESIDE_TAG = "=&".length();

    /** Of a grant: {@code uri="", }. */
    private static final int BESIDE_GRANTEE = 8;

    private HeaderRoom() {}

    /** Whether all of it goes with the request that makes a version. */
    static boolean holds(ReplicaWrite write) {
        return encoded(write.destination().key())
                        + metadata(write.userMetadata())
                        + content(write.content())
                        + context(write.encryption())
                        + tags(write.tags())
                        + grants(write.acl().grants())
                <= BYTES_MAX;
    }

    /** Whether grants alone go with the request that replaces an ACL. */
    static boolean holds(Collection<Grant> grants) {
        return grants(grants) <= BYTES_MAX;
    }

    private static long content(ContentHeaders content) {
        return Stream.of(
                        content.contentType(),
                        content.contentEncoding(),
                        content.contentDisposition(),
                        content.contentLanguage(),
                        content.cacheControl(),
                        content.expires(),
                        content.websiteRedirectLocation())
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
    }

    /** In base64, which makes four of three. */
    private static long context(Encryption encryption) {
        return encryption instanceof Encryption.SseKms kms
                ? kms.context().toString().getBytes(UTF_8).length * 4L / 3
                : 0;
    }

    private static long metadata(Map<String, String> userMetadata) {
        return userMetadata.entrySet().stream()
                .mapToLong(
                        item -> 2L * item.getKey().length() + item.getValue().getBytes(UTF_8).length + BESIDE_METADATA)
                .sum();
    }

    private static long tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .mapToLong(tag -> encoded(tag.getKey()) + encoded(tag.getValue()) + BESIDE_TAG)
                .sum();
    }

    private static long grants(Collection<Grant> grants) {
        return grants.stream()
                .mapToLong(grant -> BESIDE_GRANTEE
                        + switch (grant.grantee()) {
                            case Grant.Grantee.Account(var id) -> id.length();
                            case Grant.Grantee.Group(var uri) -> uri.length();
                        })
                .sum();
    }

    /** How long a text is in the encoding of addresses. */
    private static long encoded(String text) {
        var bytes = text.getBytes(UTF_8);
        return IntStream.range(0, bytes.length)
                .mapToLong(at -> isPlain((char) bytes[at]) ? 1 : 3)
                .sum();
    }

    private static boolean isPlain(char letter) {
        return letter < 0x80 && (Character.isLetterOrDigit(letter) || "-_.~".indexOf(letter) >= 0);
    }
}
