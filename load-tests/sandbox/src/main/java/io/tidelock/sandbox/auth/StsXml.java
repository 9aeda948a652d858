package io.tidelock.sandbox.auth;

import java.time.temporal.ChronoUnit;

/** The answers of STS as documents. */
final class StsXml {
    private static final QueryXml XML = new QueryXml("https://sts.amazonaws.com/doc/2011-06-15/");

    private StsXml() {}

    static QueryService.Answer assumedRole(Credential credential, String assumedRoleId) {
        var session = credential.session();
        if (session == null) {
            throw new IllegalArgumentException("a lasting key is no session: " + credential);
        }
        return XML.result(
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
        return XML.result(
                "GetCallerIdentity",
                element("Arn", caller.principalArn())
                        + element("UserId", caller.principalId().substring("AWS:".length()))
                        + element("Account", caller.accountId()));
    }

    static QueryService.Answer error(StsRefusal refusal) {
        return XML.error(refusal);
    }

    private static String element(String name, String text) {
        return QueryXml.element(name, text);
    }
}
