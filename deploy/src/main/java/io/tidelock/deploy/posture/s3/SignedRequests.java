package io.tidelock.deploy.posture.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidelock.replicator.store.s3.S3Clients;
import io.tidelock.replicator.store.s3.SmallAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Sends single requests to services that have an API and no client here; answers are small documents. */
final class SignedRequests {
    /** Larger than any answer of S3 Control or IAM that is asked for. */
    private static final int ANSWER_BYTES_MAX = 4 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private final S3Clients clients;

    SignedRequests(S3Clients clients) {
        this.clients = clients;
    }

    /**
     * What was answered.
     *
     * @param status of HTTP
     * @param root the document's root
     */
    record Answer(int status, Element root) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The text of the first element of that name, or empty. */
        String text(String name) {
            var found = root.getElementsByTagNameNS("*", name);
            return found.getLength() == 0 ? "" : found.item(0).getTextContent();
        }
    }

    /**
     * What was answered in JSON.
     *
     * @param status of HTTP
     * @param root the document's root
     */
    record JsonAnswer(int status, JsonNode root) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    Answer get(URI uri, String service, String region, Map<String, String> headers) throws IOException {
        return xml(SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri), service, region, headers, new byte[0]);
    }

    Answer post(URI uri, String service, String region, String form) throws IOException {
        return xml(
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri),
                service,
                region,
                Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                form.getBytes(StandardCharsets.UTF_8));
    }

    /** One call in the protocol AWS JSON 1.1. */
    JsonAnswer json(URI uri, String service, String region, String target, JsonNode question) throws IOException {
        var answer = send(
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri),
                service,
                region,
                Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target),
                question.toString().getBytes(StandardCharsets.UTF_8));
        try {
            return new JsonAnswer(answer.status(), JSON.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            throw new IOException("HTTP" + answer.status(), e);
        }
    }

    private Answer xml(
            SdkHttpRequest.Builder builder, String service, String region, Map<String, String> headers, byte[] body)
            throws IOException {
        var answer = send(builder, service, region, headers, body);
        return new Answer(answer.status(), parse(answer.body(), answer.status()));
    }

    private Bytes send(
            SdkHttpRequest.Builder builder, String service, String region, Map<String, String> headers, byte[] body)
            throws IOException {
        headers.forEach(builder::putHeader);
        if (body.length > 0) {
            builder.putHeader("Content-Length", String.valueOf(body.length));
        }
        var payload = ContentStreamProvider.fromByteArray(body);
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(clients.credentials().resolveCredentials())
                        .request(builder.build())
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        var execute = HttpExecuteRequest.builder().request(signed.request());
        if (body.length > 0) {
            execute.contentStreamProvider(payload);
        }
        var response = clients.http().prepareRequest(execute.build()).call();
        var status = response.httpResponse().statusCode();
        var content = response.responseBody();
        if (content.isEmpty()) {
            throw new IOException("HTTP" + status);
        }
        return new Bytes(status, SmallAnswer.read(content.get(), ANSWER_BYTES_MAX));
    }

    // compared by nobody
    @SuppressWarnings("ArrayRecordComponent")
    private record Bytes(int status, byte[] body) {}

    private static Element parse(byte[] xml, int status) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
        } catch (SAXException e) {
            throw new IOException("HTTP" + status, e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's XML parser lacks a feature", e);
        }
    }
}
