package io.tidelock.sandbox.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** A request signed by the SDK's own signer, as the server would receive it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SdkSigned(RequestHead head, byte[] body) {
    static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
    static final String REGION = "eu-west-1";

    /** What to sign; the defaults make an ordinary GET of S3. */
    static final class Builder {
        private SdkHttpMethod method = SdkHttpMethod.GET;
        private String path = "/bucket/key";
        private final Map<String, List<String>> query = new TreeMap<>();
        private final Map<String, String> headers = new TreeMap<>();
        private byte[] body = new byte[0];
        private Instant signedAt = NOW;
        private String region = REGION;
        private String service = "s3";
        private @Nullable Duration presignedFor;
        private boolean payloadSigned = true;
        private boolean chunked;
        private @Nullable ChecksumAlgorithm trailer;
        private AwsCredentialsIdentity identity;

        private Builder(String accessKeyId, String secret) {
            identity = AwsCredentialsIdentity.create(accessKeyId, secret);
        }

        Builder session(String token) {
            identity = AwsSessionCredentialsIdentity.create(identity.accessKeyId(), identity.secretAccessKey(), token);
            return this;
        }

        Builder method(SdkHttpMethod value) {
            method = value;
            return this;
        }

        Builder path(String encoded) {
            path = encoded;
            return this;
        }

        Builder query(String name, String value) {
            query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            return this;
        }

        Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Builder body(byte[] bytes) {
            body = bytes;
            return this;
        }

        Builder signedAt(Instant instant) {
            signedAt = instant;
            return this;
        }

        Builder region(String value) {
            region = value;
            return this;
        }

        Builder service(String value) {
            service = value;
            return this;
        }

        /** In the query, without its payload, as S3's presigner does. */
        Builder presignedFor(Duration validity) {
            presignedFor = validity;
            payloadSigned = false;
            return this;
        }

        Builder payloadSigned(boolean value) {
            payloadSigned = value;
            return this;
        }

        /** In aws-chunked framing, with this checksum as a trailer unless it is null. */
        Builder chunked(@Nullable ChecksumAlgorithm checksum) {
            chunked = true;
            trailer = checksum;
            return this;
        }

        SdkSigned sign() {
            var request = SdkHttpRequest.builder()
                    .method(method)
                    .uri(URI.create("https://s3.test:8443"))
                    .encodedPath(path)
                    .rawQueryParameters(query);
            headers.forEach(request::putHeader);
            if (body.length > 0) {
                request.putHeader("Content-Length", Integer.toString(body.length));
            }
            var signed = AwsV4HttpSigner.create().sign(r -> {
                r.identity(identity)
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !service.equals("s3"))
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !service.equals("s3"))
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, payloadSigned)
                        .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, chunked)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(signedAt, ZoneOffset.UTC));
                if (trailer != null) {
                    r.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, trailer);
                }
                if (presignedFor != null) {
                    r.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                            .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, presignedFor);
                }
            });
            var wire = signed.payload().map(Builder::read).orElse(new byte[0]);
            return new SdkSigned(received(signed.request()), wire);
        }

        private static byte[] read(ContentStreamProvider payload) {
            try (var stream = payload.newStream()) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Builder by(String accessKeyId, String secret) {
        return new Builder(accessKeyId, secret);
    }

    private static RequestHead received(SdkHttpRequest request) {
        return new RequestHead(
                request.method().name(),
                request.encodedPath(),
                request.encodedQueryParameters().orElse(""),
                new MapHeaders(request.headers()),
                REGION,
                "127.0.0.1",
                NOW);
    }

    SdkSigned at(Instant instant) {
        return new SdkSigned(
                new RequestHead(
                        head.method(),
                        head.rawPath(),
                        head.rawQuery(),
                        head.headers(),
                        head.region(),
                        head.sourceIp(),
                        instant),
                body);
    }

    SdkSigned with(String method, String rawPath, String rawQuery) {
        return new SdkSigned(
                new RequestHead(
                        method, rawPath, rawQuery, head.headers(), head.region(), head.sourceIp(), head.receivedAt()),
                body);
    }

    /** The same with a header added or replaced after signing; null removes it. */
    SdkSigned withHeader(String name, @Nullable String value) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        head.headers()
                .names()
                .forEach(known -> headers.put(known, head.headers().all(known)));
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, List.of(value));
        }
        return new SdkSigned(
                new RequestHead(
                        head.method(),
                        head.rawPath(),
                        head.rawQuery(),
                        new MapHeaders(headers),
                        head.region(),
                        head.sourceIp(),
                        head.receivedAt()),
                body);
    }

    String header(String name) {
        return head.headers().first(name).orElseThrow();
    }

    /** Headers as a server presents them. */
    static final class MapHeaders implements Headers {
        private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final Map<String, List<String>> lower = new TreeMap<>();

        MapHeaders(Map<String, List<String>> headers) {
            fields.putAll(headers);
            headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
        }

        @Override
        public Optional<String> first(String name) {
            return all(name).stream().findFirst();
        }

        @Override
        public List<String> all(String name) {
            return fields.getOrDefault(name, List.of());
        }

        @Override
        public Set<String> names() {
            return lower.keySet();
        }
    }
}
