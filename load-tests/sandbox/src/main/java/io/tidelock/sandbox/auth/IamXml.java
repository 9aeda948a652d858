package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The answers of IAM as documents; policies stand in them percent-encoded (IAM API reference: GetRole). */
final class IamXml {
    private static final QueryXml XML = new QueryXml("https://iam.amazonaws.com/doc/2010-05-08/");
    /** Roles of the sandbox are as old as IAM. */
    private static final String CREATED = "2010-09-01T00:00:00Z";

    private IamXml() {}

    static QueryService.Answer role(Role role) {
        return XML.result(
                "GetRole",
                "<Role>" + QueryXml.element("Path", "/") + QueryXml.element("RoleName", role.name())
                        + QueryXml.element("RoleId", Sessions.roleId(role))
                        + QueryXml.element("Arn", role.arn())
                        + QueryXml.element("CreateDate", CREATED)
                        + QueryXml.element("AssumeRolePolicyDocument", encoded(role.trustPolicy()))
                        + QueryXml.element("MaxSessionDuration", "43200") + "</Role>");
    }

    static QueryService.Answer policy(Role role, String name, String policy) {
        return XML.result(
                "GetRolePolicy",
                QueryXml.element("RoleName", role.name())
                        + QueryXml.element("PolicyName", name)
                        + QueryXml.element("PolicyDocument", encoded(policy)));
    }

    /** A list of one name, or of none where it is empty. */
    static QueryService.Answer policyNames(String name) {
        var members = name.isEmpty() ? "" : QueryXml.element("member", name);
        return XML.result(
                "ListRolePolicies",
                "<PolicyNames>" + members + "</PolicyNames>" + QueryXml.element("IsTruncated", "false"));
    }

    static QueryService.Answer noAttachedPolicies() {
        return XML.result(
                "ListAttachedRolePolicies",
                "<AttachedPolicies></AttachedPolicies>" + QueryXml.element("IsTruncated", "false"));
    }

    static QueryService.Answer error(StsRefusal refusal) {
        return XML.error(refusal);
    }

    private static String encoded(String policy) {
        return URLEncoder.encode(policy, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
