package io.tidelock.sandbox.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.model.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;

class GeneratedSignaturesTest {
    private static final String LETTERS = "abcXYZ019-._~/ !\"#$%&'()*+,:;<=>?@[]^`{|}äß中😀\u0001";
    private static final List<SdkHttpMethod> METHODS = List.of(SdkHttpMethod.values());

    private final SigV4Verifier verifier = new SigV4Verifier("s3", new KnownKeys());

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_request_the_sdk_signs_is_believed_and_no_altered_one(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            var signed = signed(random);
            assertThat(verifier.verify(signed.head()))
                    .as("seed %d, case %d: %s", seed, i, signed.head().rawPath())
                    .isPresent();
            var altered = altered(random, signed);
            assertThatThrownBy(() -> verifier.verify(altered.head()))
                    .as("seed %d, case %d: %s", seed, i, altered.head())
                    .isInstanceOf(Refusal.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void a_header_or_query_of_garbage_is_refused_and_never_breaks(long seed) {
        var random = new Random(seed);
        var signed = SdkSigned.by(KnownKeys.ID, KnownKeys.SECRET).sign();
        var good = signed.header("Authorization");
        for (int i = 0; i < 500; i++) {
            var garbage = new StringBuilder(good);
            garbage.replace(random.nextInt(17, good.length()), good.length(), text(random));
            var inHeader = signed.withHeader("Authorization", garbage.toString());
            assertThatThrownBy(() -> verifier.verify(inHeader.head()))
                    .as("seed %d, case %d: %s", seed, i, garbage)
                    .isInstanceOf(Refusal.class);
            var inQuery = signed.withHeader("Authorization", null)
                    .with("GET", "/" + text(random), "X-Amz-Algorithm=AWS4-HMAC-SHA256&" + text(random));
            assertThatThrownBy(() -> verifier.verify(inQuery.head()))
                    .as("seed %d, case %d: %s", seed, i, inQuery.head())
                    .isInstanceOf(Refusal.class);
        }
    }

    private static SdkSigned signed(Random random) {
        var builder = SdkSigned.by(KnownKeys.ID, KnownKeys.SECRET)
                .method(METHODS.get(random.nextInt(METHODS.size())))
                .path("/bucket/" + encoded(text(random)));
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.query("q" + text(random), text(random));
        }
        if (random.nextBoolean()) {
            builder.header("x-amz-meta-a", "  some " + random.nextInt() + "  text ");
        }
        if (random.nextInt(3) == 0) {
            builder.presignedFor(Duration.ofSeconds(random.nextInt(1, 604_800)));
        }
        return builder.sign();
    }

    private static SdkSigned altered(Random random, SdkSigned signed) {
        var head = signed.head();
        var method = head.method().equals("GET") ? "PUT" : "GET";
        return switch (random.nextInt(4)) {
            case 0 -> signed.with(method, head.rawPath(), head.rawQuery());
            case 1 -> signed.with(head.method(), head.rawPath() + "x", head.rawQuery());
            case 2 -> signed.with(head.method(), head.rawPath(), head.rawQuery() + "&x");
            default -> signed.withHeader("host", "other");
        };
    }

    private static String text(Random random) {
        int[] letters = LETTERS.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%2F", "/");
    }
}
