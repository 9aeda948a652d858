package io.tidelock.sandbox.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The worked examples of the Amazon S3 API reference, whose keys and signatures are printed there. */
final class DocumentedChunks {
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    static final int BODY_BYTES = 66_560;

    private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");
    private static final String CREDENTIAL =
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,";

    private DocumentedChunks() {}

    static RequestHead getObject() {
        return head(
                "GET",
                "/test.txt",
                Map.of(
                        "Host", "examplebucket.s3.amazonaws.com",
                        "Range", "bytes=0-9",
                        "x-amz-content-sha256", Digests.SHA256_OF_NOTHING,
                        "x-amz-date", "20130524T000000Z",
                        "Authorization",
                                CREDENTIAL + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
    }

    static RequestHead putInChunks() {
        return head(
                "PUT",
                "/examplebucket/chunkObject.txt",
                Map.of(
                        "Host", "s3.amazonaws.com",
                        "x-amz-date", "20130524T000000Z",
                        "x-amz-storage-class", "REDUCED_REDUNDANCY",
                        "x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                        "Content-Encoding", "aws-chunked",
                        "x-amz-decoded-content-length", "66560",
                        "Content-Length", "66824",
                        "Authorization",
                                CREDENTIAL
                                        + "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;"
                                        + "x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,"
                                        + "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"));
    }

    static byte[] chunks() {
        return body(
                "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
                "\r\n");
    }

    static SignatureChain trailerChain() {
        var scope = new CredentialScope("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3");
        return new SignatureChain(new SignatureChain.Seed(
                "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
                new SigningKeys(1).of(SECRET, scope),
                "20130524T000000Z",
                scope.text()));
    }

    static byte[] chunksWithTrailer() {
        return body(
                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
                """
                x-amz-checksum-crc32c:sOO8/Q==\r
                x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r
                \r
                """);
    }

    private static byte[] body(String first, String second, String last, String end) {
        var wire = new ByteArrayOutputStream();
        chunk(wire, 65_536, first);
        chunk(wire, 1_024, second);
        wire.writeBytes(("0;chunk-signature=" + last + "\r\n" + end).getBytes(StandardCharsets.US_ASCII));
        return wire.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream wire, int bytes, String signature) {
        var data = new byte[bytes];
        Arrays.fill(data, (byte) 'a');
        wire.writeBytes((Integer.toHexString(bytes) + ";chunk-signature=" + signature + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        wire.writeBytes(data);
        wire.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static RequestHead head(String method, String path, Map<String, String> headers) {
        var fields = new TreeMap<String, List<String>>();
        headers.forEach((name, value) -> fields.put(name, List.of(value)));
        return new RequestHead(method, path, "", new SdkSigned.MapHeaders(fields), "us-east-1", "127.0.0.1", AT);
    }
}
