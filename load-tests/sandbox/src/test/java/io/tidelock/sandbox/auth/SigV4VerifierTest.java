package io.tidelock.sandbox.auth;

import static io.tidelock.sandbox.auth.KnownKeys.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;

class SigV4VerifierTest {
    private final SigV4Verifier verifier = new SigV4Verifier("s3", new KnownKeys());

    private static SdkSigned.Builder user() {
        return SdkSigned.by(KnownKeys.ID, KnownKeys.SECRET);
    }

    private static SdkSigned.Builder temporary() {
        return SdkSigned.by(KnownKeys.TEMPORARY_ID, KnownKeys.SECRET);
    }

    @Test
    void a_request_without_a_signature_is_nobodys() {
        // Given
        var bare = user().sign().withHeader("Authorization", null);
        // When
        var verified = verifier.verify(bare.head());
        // Then
        assertThat(verified).isEmpty();
    }

    @Test
    void what_the_sdk_signs_in_the_header_is_believed() {
        // Given
        var signed = user().method(SdkHttpMethod.PUT)
                .path("/bucket/a%20b/%C3%A4%2B~_.-//x")
                .query("versionId", "a b+c/ä")
                .query("tagging", "")
                .header("x-amz-meta-note", "two  blanks ")
                .body("hello".getBytes(StandardCharsets.UTF_8))
                .sign();
        // When
        var verified = verifier.verify(signed.head()).orElseThrow();
        // Then
        assertThat(verified.key().id()).isEqualTo(KnownKeys.ID);
        assertThat(verified.payload())
                .isEqualTo(new PayloadMode.Hashed("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"));
    }

    @Test
    void a_slash_of_a_key_may_be_sent_encoded_though_it_was_signed_bare() {
        var signed = user().path("/bucket//lead").sign();
        assertThat(verifier.verify(signed.with("GET", "/bucket/%2Flead", "").head()))
                .isPresent();
    }

    @Test
    void the_documented_example_is_believed() {
        // Given: the GET Object example of "Signature Calculations for the Authorization Header"
        var key = new Credential("AKIAIOSFODNN7EXAMPLE", DocumentedChunks.SECRET, Caller.ANONYMOUS, null);
        var documented = new SigV4Verifier("s3", _ -> Optional.of(key));
        // When
        var verified = documented.verify(DocumentedChunks.getObject());
        // Then
        assertThat(verified).isPresent();
    }

    @Test
    void a_wrong_secret_does_not_match() {
        var signed = SdkSigned.by(KnownKeys.ID, "another").sign();
        var refusal = refusal(ErrorCode.SIGNATURE_DOES_NOT_MATCH, () -> verifier.verify(signed.head()));
        assertThat(refusal.details())
                .containsEntry("AWSAccessKeyId", KnownKeys.ID)
                .containsKey("StringToSign");
        assertThat(refusal.details().toString()).doesNotContain(KnownKeys.SECRET);
    }

    @Test
    void whatever_is_changed_after_signing_does_not_match() {
        // Given
        var signed =
                user().query("prefix", "a").header("x-amz-meta-note", "kept").sign();
        var head = signed.head();
        // Then
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(
                        signed.with("DELETE", head.rawPath(), head.rawQuery()).head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(
                        signed.with("GET", "/bucket/other", head.rawQuery()).head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(
                        signed.with("GET", head.rawPath(), "prefix=b").head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(
                        signed.with("GET", head.rawPath(), "prefix=a&versions=").head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(
                        signed.withHeader("x-amz-meta-note", "changed").head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(signed.withHeader("x-amz-meta-note", null).head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(signed.withHeader("x-amz-content-sha256", PayloadMode.UNSIGNED)
                        .head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(signed.withHeader("host", "elsewhere").head()));
    }

    @Test
    void an_amazon_header_that_nobody_signed_is_refused_by_name() {
        var signed = user().sign().withHeader("x-amz-acl", "public-read");
        var refusal = refusal(ErrorCode.ACCESS_DENIED, () -> verifier.verify(signed.head()));
        assertThat(refusal.details()).containsEntry("HeadersNotSigned", "x-amz-acl");
    }

    @Test
    void an_unknown_key_is_named() {
        var signed = SdkSigned.by("AKIANOBODY", "x").sign();
        var refusal = refusal(ErrorCode.INVALID_ACCESS_KEY_ID, () -> verifier.verify(signed.head()));
        assertThat(refusal.details()).containsEntry("AWSAccessKeyId", "AKIANOBODY");
    }

    @Test
    void a_clock_may_be_off_by_fifteen_minutes_and_no_more() {
        // Given
        var signed = user().sign();
        var skew = SigV4Verifier.SKEW_MAX;
        // When
        assertThat(verifier.verify(signed.at(SdkSigned.NOW.plus(skew)).head())).isPresent();
        assertThat(verifier.verify(signed.at(SdkSigned.NOW.minus(skew)).head())).isPresent();
        // Then
        for (var off : new Duration[] {skew.plusSeconds(1), skew.plusSeconds(1).negated()}) {
            refusal(
                    ErrorCode.REQUEST_TIME_TOO_SKEWED,
                    () -> verifier.verify(signed.at(SdkSigned.NOW.plus(off)).head()));
        }
    }

    @Test
    void a_wrong_region_is_told_the_right_one() {
        var signed = user().region("us-west-2").sign();
        var refusal = refusal(ErrorCode.AUTHORIZATION_HEADER_MALFORMED, () -> verifier.verify(signed.head()));
        assertThat(refusal.details()).containsEntry("Region", SdkSigned.REGION);
        assertThat(refusal).hasMessageContaining("the region 'us-west-2' is wrong; expecting 'eu-west-1'");
        var presigned =
                user().region("us-west-2").presignedFor(Duration.ofMinutes(1)).sign();
        var query = refusal(ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR, () -> verifier.verify(presigned.head()));
        assertThat(query.details()).containsEntry("Region", SdkSigned.REGION);
    }

    @Test
    void a_signature_for_another_service_is_refused() {
        var signed = user().service("sts").sign().withHeader("x-amz-content-sha256", PayloadMode.UNSIGNED);
        refusal(ErrorCode.AUTHORIZATION_HEADER_MALFORMED, () -> verifier.verify(signed.head()));
    }

    @Test
    void a_temporary_key_needs_its_own_token_and_its_time() {
        var good = temporary().session(KnownKeys.TOKEN).sign();
        assertThat(verifier.verify(good.head())).isPresent();
        refusal(
                ErrorCode.EXPIRED_TOKEN,
                () -> verifier.verify(good.at(KnownKeys.EXPIRES).head()));
        var wrong = temporary().session("other").sign();
        refusal(ErrorCode.INVALID_TOKEN, () -> verifier.verify(wrong.head()));
        var none = temporary().sign();
        refusal(ErrorCode.INVALID_ACCESS_KEY_ID, () -> verifier.verify(none.head()));
        var lasting = user().session(KnownKeys.TOKEN).sign();
        refusal(ErrorCode.INVALID_TOKEN, () -> verifier.verify(lasting.head()));
    }

    @Test
    void a_presigned_address_works_until_it_expires() {
        // Given
        var signed = user().path("/bucket/a%20key")
                .query("versionId", "x/y")
                .presignedFor(Duration.ofHours(2))
                .sign();
        // Then
        assertThat(verifier.verify(signed.head()).orElseThrow().payload()).isEqualTo(new PayloadMode.Unsigned());
        assertThat(verifier.verify(
                        signed.at(SdkSigned.NOW.plus(Duration.ofMinutes(119))).head()))
                .isPresent();
        var expired = refusal(
                ErrorCode.ACCESS_DENIED,
                () -> verifier.verify(
                        signed.at(SdkSigned.NOW.plus(Duration.ofHours(2))).head()));
        assertThat(expired).hasMessage("Request has expired");
        refusal(
                ErrorCode.ACCESS_DENIED,
                () -> verifier.verify(
                        signed.at(SdkSigned.NOW.minus(Duration.ofMinutes(16))).head()));
    }

    @Test
    void a_presigned_address_of_a_temporary_key_carries_its_token() {
        var signed = temporary()
                .session(KnownKeys.TOKEN)
                .presignedFor(Duration.ofHours(1))
                .sign();
        assertThat(verifier.verify(signed.head())).isPresent();
        refusal(
                ErrorCode.EXPIRED_TOKEN,
                () -> verifier.verify(signed.at(KnownKeys.EXPIRES).head()));
    }

    @Test
    void a_changed_presigned_address_does_not_match() {
        var signed = user().presignedFor(Duration.ofHours(1)).sign();
        var query = signed.head().rawQuery();
        var path = signed.head().rawPath();
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(signed.with("GET", path, query.replace("Expires=3600", "Expires=7200"))
                        .head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(signed.with("PUT", path, query).head()));
        refusal(
                ErrorCode.SIGNATURE_DOES_NOT_MATCH,
                () -> verifier.verify(
                        signed.with("GET", path, query + "&versionId=1").head()));
        refusal(
                ErrorCode.ACCESS_DENIED,
                () -> verifier.verify(
                        signed.withHeader("x-amz-acl", "public-read").head()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Amz-Expires=604801",
                "X-Amz-Expires=-1",
                "X-Amz-Expires=soon",
                "X-Amz-Expires=",
                "X-Amz-Expires=60&X-Amz-Expires=61"
            })
    void a_presigned_address_needs_a_sensible_validity(String expires) {
        var signed = user().presignedFor(Duration.ofHours(1)).sign();
        var query = signed.head().rawQuery().replace("X-Amz-Expires=3600", expires);
        refusal(
                ErrorCode.AUTHORIZATION_QUERY_PARAMETERS_ERROR,
                () -> verifier.verify(
                        signed.with("GET", signed.head().rawPath(), query).head()));
    }

    @Test
    void only_one_place_may_hold_a_signature() {
        var signed = user().presignedFor(Duration.ofHours(1)).sign().withHeader("Authorization", "AWS4-HMAC-SHA256 x");
        refusal(ErrorCode.INVALID_ARGUMENT, () -> verifier.verify(signed.head()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=x",
                "AWS4-HMAC-SHA256 Credential=AKIATEST/20261123/eu-west-1/s3, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKIATEST/day/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKIATEST/20261122/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKIATEST/20261123/eu-west-1/s3/aws4_request, SignedHeaders=host;Date, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKIATEST/20261123/eu-west-1/s3/aws4_request, SignedHeaders=, Signature=0",
                "AWS4-HMAC-SHA256 Credential=AKIATEST/20261123/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0, Signature=1",
            })
    void a_malformed_header_is_refused(String authorization) {
        var signed = user().sign().withHeader("Authorization", authorization);
        refusal(ErrorCode.AUTHORIZATION_HEADER_MALFORMED, () -> verifier.verify(signed.head()));
    }

    @Test
    void other_mechanisms_are_refused_in_their_own_way() {
        var signed = user().sign();
        refusal(
                ErrorCode.INVALID_REQUEST,
                () -> verifier.verify(
                        signed.withHeader("Authorization", "AWS AKIATEST:abc").head()));
        refusal(
                ErrorCode.INVALID_ARGUMENT,
                () -> verifier.verify(
                        signed.withHeader("Authorization", "Basic eDp5").head()));
        refusal(
                ErrorCode.INVALID_REQUEST,
                () -> verifier.verify(signed.withHeader("Authorization", null)
                        .with("GET", "/bucket/key", "AWSAccessKeyId=AKIATEST&Signature=abc&Expires=1")
                        .head()));
        refusal(
                ErrorCode.ACCESS_DENIED,
                () -> verifier.verify(
                        signed.withHeader("x-amz-date", "yesterday").head()));
        refusal(
                ErrorCode.INVALID_REQUEST,
                () -> verifier.verify(
                        signed.withHeader("x-amz-content-sha256", null).head()));
        refusal(
                ErrorCode.INVALID_ARGUMENT,
                () -> verifier.verify(
                        signed.withHeader("x-amz-content-sha256", "abc").head()));
        refusal(
                ErrorCode.NOT_IMPLEMENTED,
                () -> verifier.verify(
                        signed.withHeader("x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")
                                .head()));
    }

    @Test
    void signing_keys_are_remembered_within_a_bound() {
        // Given
        var keys = new SigningKeys(2);
        // When
        for (int day = 10; day < 20; day++) {
            var scope = new CredentialScope(KnownKeys.ID, "202611" + day, "eu-west-1", "s3");
            assertThat(keys.of("s", scope)).isSameAs(keys.of("s", scope));
        }
        // Then
        assertThat(keys.size()).isEqualTo(2);
    }
}
