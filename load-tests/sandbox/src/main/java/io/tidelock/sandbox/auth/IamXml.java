package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The answers of IAM as documents; policies stand in them percent-encoded (IAM API reference: GetRole). */
final class IamXml {
    private static final QueryXml XML = new QueryXml("https://iam.amazonaws.com/doc/2010-05-08/");
    /** Managed policies of the sandbox never change. */
    static final String DEFAULT_VERSION = "v1";

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

    /** A page of policies by ARN, with where the next one begins, or empty for the last. */
    static QueryService.Answer attachedPolicies(List<String> arns, String next) {
        var members = arns.stream()
                .map(arn -> "<member>" + QueryXml.element("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                        + QueryXml.element("PolicyArn", arn) + "</member>")
                .collect(Collectors.joining());
        return XML.result(
                "ListAttachedRolePolicies",
                "<AttachedPolicies>" + members + "</AttachedPolicies>"
                        + QueryXml.element("IsTruncated", Boolean.toString(!next.isEmpty()))
                        + (next.isEmpty() ? "" : QueryXml.element("Marker", next)));
    }

    static QueryService.Answer managedPolicy(String arn) {
        return XML.result(
                "GetPolicy",
                "<Policy>" + QueryXml.element("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                        + QueryXml.element("Arn", arn)
                        + QueryXml.element("Path", "/")
                        + QueryXml.element("DefaultVersionId", DEFAULT_VERSION)
                        + QueryXml.element("IsAttachable", "true")
                        + QueryXml.element("CreateDate", CREATED) + "</Policy>");
    }

    static QueryService.Answer managedPolicyVersion(String document) {
        return XML.result(
                "GetPolicyVersion",
                "<PolicyVersion>" + QueryXml.element("Document", encoded(document))
                        + QueryXml.element("VersionId", DEFAULT_VERSION)
                        + QueryXml.element("IsDefaultVersion", "true")
                        + QueryXml.element("CreateDate", CREATED) + "</PolicyVersion>");
    }

    static QueryService.Answer error(StsRefusal refusal) {
        return XML.error(refusal);
    }

    private static String encoded(String policy) {
        return URLEncoder.encode(policy, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
