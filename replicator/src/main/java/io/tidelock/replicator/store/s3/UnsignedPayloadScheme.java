package io.tidelock.replicator.store.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * SigV4 that leaves bodies unsigned over plain HTTP too, as it does over HTTPS. The SDK offers no setting for it: it
 * signs the body of every request whose scheme is http. The scheme is no part of what is signed, so the request is shown
 * to the signer as an HTTPS one.
 */
final class UnsignedPayloadScheme implements AwsV4AuthScheme {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final AwsV4HttpSigner signer = new Signer(AwsV4HttpSigner.create());

    @Override
    public String schemeId() {
        return SCHEME_ID;
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return providers.identityProvider(AwsCredentialsIdentity.class);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return signer;
    }

    private record Signer(AwsV4HttpSigner signer) implements AwsV4HttpSigner {
        @Override
        public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
            var plain = request.request();
            if (!plain.protocol().equals("http")) {
                return signer.sign(request);
            }
            // The default port stands in no Host header, so each scheme's default is shown as the other's.
            var shown = plain.toBuilder()
                    .protocol("https")
                    .port(plain.port() == HTTP_PORT ? HTTPS_PORT : plain.port())
                    .build();
            var signed = signer.sign(request.toBuilder().request(shown).build());
            return signed.toBuilder()
                    .request(signed.request().toBuilder()
                            .protocol(plain.protocol())
                            .port(plain.port())
                            .build())
                    .build();
        }

        @Override
        public CompletableFuture<AsyncSignedRequest> signAsync(
                AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
            throw new UnsupportedOperationException("stores are called synchronously");
        }
    }
}
