package io.tidelock.sandbox.auth;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Answers in the query protocol of AWS.
 *
 * @param namespace the service's namespace
 */
record QueryXml(String namespace) {
    QueryService.Answer result(String action, String content) {
        return answer(
                200,
                "<" + action + "Response xmlns=\"" + namespace + "\"><" + action + "Result>" + content + "</" + action
                        + "Result><ResponseMetadata>" + element("RequestId", requestId(content))
                        + "</ResponseMetadata></"
                        + action + "Response>");
    }

    QueryService.Answer error(StsRefusal refusal) {
        return answer(
                refusal.status(),
                "<ErrorResponse xmlns=\"" + namespace + "\"><Error>"
                        + element("Type", "Sender")
                        + element("Code", refusal.code())
                        + element("Message", refusal.message())
                        + "</Error>" + element("RequestId", requestId(refusal.message())) + "</ErrorResponse>");
    }

    /** An id that follows from what is answered, as nothing here may depend on chance. */
    private static String requestId(String content) {
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static QueryService.Answer answer(int status, String document) {
        return new QueryService.Answer(status, "text/xml", document);
    }

    static String element(String name, String text) {
        var escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }
}
