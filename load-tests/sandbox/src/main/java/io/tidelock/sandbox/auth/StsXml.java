package io.tidelock.sandbox.auth;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The answers of STS as documents. */
final class StsXml {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private StsXml() {}

    static QueryService.Answer assumedRole(Credential credential, String assumedRoleId) {
        var session = credential.session();
        if (session == null) {
            throw new IllegalArgumentException("a lasting key is no session: " + credential);
        }
        return result(
                "AssumeRole",
                "<Credentials>"
                        + element("AccessKeyId", credential.id())
                        + element("SecretAccessKey", credential.secret())
                        + element("SessionToken", session.token())
                        + element(
                                "Expiration",
                                session.expires()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString())
                        + "</Credentials><AssumedRoleUser>"
                        + element("AssumedRoleId", assumedRoleId)
                        + element("Arn", credential.caller().principalArn())
                        + "</AssumedRoleUser>");
    }

    static QueryService.Answer callerIdentity(Caller caller) {
        return result(
                "GetCallerIdentity",
                element("Arn", caller.principalArn())
                        + element("UserId", caller.principalId().substring("AWS:".length()))
                        + element("Account", caller.accountId()));
    }

    static QueryService.Answer error(StsRefusal refusal) {
        return answer(
                refusal.status(),
                "<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error>"
                        + element("Type", "Sender")
                        + element("Code", refusal.code())
                        + element("Message", refusal.message())
                        + "</Error>" + element("RequestId", requestId(refusal.message())) + "</ErrorResponse>");
    }

    private static QueryService.Answer result(String action, String content) {
        return answer(
                200,
                "<" + action + "Response xmlns=\"" + NAMESPACE + "\"><" + action + "Result>" + content + "</" + action
                        + "Result><ResponseMetadata>" + element("RequestId", requestId(content))
                        + "</ResponseMetadata></"
                        + action + "Response>");
    }

    /** An id that follows from what is answered, as nothing here may depend on chance. */
    private static String requestId(String content) {
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static QueryService.Answer answer(int status, String document) {
        return new QueryService.Answer(status, "text/xml", document);
    }

    private static String element(String name, String text) {
        var escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }
}
