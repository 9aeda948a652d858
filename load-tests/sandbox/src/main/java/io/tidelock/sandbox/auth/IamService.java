package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a role's trust and permissions are, read as AWS IAM lets one read them: GetRole, GetRolePolicy, ListRolePolicies,
 * ListAttachedRolePolicies, and GetPolicy and GetPolicyVersion of what is attached. Everybody in an account may read its roles. Thread-safe.
 *
 * <p>Source: AWS Identity and Access Management API reference, the six actions, "Common errors". IAM is one service for all regions; its requests
 * are signed for us-east-1, or here for the endpoint's region.
 */
public final class IamService implements QueryService {
    /** The name of the one inline policy that a limited role has. */
    public static final String POLICY_NAME = "permissions";

    /** How many attached policies one answer lists; IAM may list fewer than it was asked for. */
    public static final int ATTACHED_PER_PAGE = 2;

    private static final Set<String> ACTIONS = Set.of(
            "GetRole",
            "GetRolePolicy",
            "ListRolePolicies",
            "ListAttachedRolePolicies",
            "GetPolicy",
            "GetPolicyVersion");
    private static final String HOME_REGION = "us-east-1";

    private final World world;
    private final SigV4Verifier verifier;
    private final QueryService others;

    /** Answers what it knows and leaves the rest to {@code others}. */
    public IamService(World world, Sessions sessions, QueryService others) {
        this.world = world;
        this.verifier = new SigV4Verifier("iam", new WorldCredentials(world, sessions));
        this.others = others;
    }

    @Override
    public Optional<Answer> answer(RequestHead head, byte[] form) {
        var parameters = QueryForm.parse(form);
        var action = parameters.getOrDefault("Action", "");
        if (!ACTIONS.contains(action)) {
            return others.answer(head, form);
        }
        try {
            var account = world.account(caller(head, form).accountId()).orElseThrow(IamService::denied);
            return Optional.of(
                    switch (action) {
                        case "GetRole" -> IamXml.role(role(account, parameters));
                        case "GetRolePolicy" -> {
                            var role = role(account, parameters);
                            yield IamXml.policy(role, required(parameters, "PolicyName"), policy(role, parameters));
                        }
                        case "ListRolePolicies" ->
                            IamXml.policyNames(
                                    role(account, parameters).policy().isPresent() ? POLICY_NAME : "");
                        case "ListAttachedRolePolicies" -> attached(role(account, parameters), parameters);
                        case "GetPolicy" -> {
                            var arn = required(parameters, "PolicyArn");
                            managed(account, arn);
                            yield IamXml.managedPolicy(arn);
                        }
                        default -> version(account, parameters);
                    });
        } catch (StsRefusal refusal) {
            return Optional.of(IamXml.error(refusal));
        }
    }

    private Caller caller(RequestHead head, byte[] form) {
        var told = new Refusal(ErrorCode.AUTHORIZATION_HEADER_MALFORMED);
        for (var region : new String[] {HOME_REGION, head.region()}) {
            try {
                return verifier.verifyWhole(signedFor(head, region), form)
                        .orElseThrow(() -> new StsRefusal(
                                403, "MissingAuthenticationToken", "Request is missing Authentication Token"))
                        .key()
                        .caller();
            } catch (Refusal refusal) {
                // that the signature is for another region says less than anything else
                told = refusal.code() == ErrorCode.AUTHORIZATION_HEADER_MALFORMED ? told : refusal;
            }
        }
        throw new StsRefusal(403, told.code().code(), String.valueOf(told.getMessage()));
    }

    private static RequestHead signedFor(RequestHead head, String region) {
        return new RequestHead(
                head.method(),
                head.rawPath(),
                head.rawQuery(),
                head.headers(),
                region,
                head.sourceIp(),
                head.receivedAt());
    }

    private static Role role(Account account, Map<String, String> parameters) {
        var name = required(parameters, "RoleName");
        return account.roles().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new StsRefusal(404, "NoSuchEntity", "The role with name " + name + " cannot be found."));
    }

    private static String policy(Role role, Map<String, String> parameters) {
        var name = required(parameters, "PolicyName");
        return role.policy()
                .filter(_ -> name.equals(POLICY_NAME))
                .orElseThrow(() ->
                        new StsRefusal(404, "NoSuchEntity", "The role policy with name " + name + " cannot be found."));
    }

    private static Answer attached(Role role, Map<String, String> parameters) {
        var marker = parameters.getOrDefault("Marker", "0");
        if (!marker.matches("[0-9]{1,4}")) {
            throw StsRefusal.invalid("Invalid marker: " + marker);
        }
        var all = List.copyOf(role.attached().keySet());
        int from = Math.min(Integer.parseInt(marker), all.size());
        int to = Math.min(from + ATTACHED_PER_PAGE, all.size());
        return IamXml.attachedPolicies(all.subList(from, to), to < all.size() ? Integer.toString(to) : "");
    }

    private static Answer version(Account account, Map<String, String> parameters) {
        var document = managed(account, required(parameters, "PolicyArn"));
        var version = required(parameters, "VersionId");
        if (!version.equals(IamXml.DEFAULT_VERSION)) {
            throw new StsRefusal(404, "NoSuchEntity", "Policy version " + version + " does not exist");
        }
        return IamXml.managedPolicyVersion(document);
    }

    private static String managed(Account account, String arn) {
        return account.roles().stream()
                .flatMap(role -> Stream.ofNullable(role.attached().get(arn)))
                .findFirst()
                .orElseThrow(() -> new StsRefusal(404, "NoSuchEntity", "Policy " + arn + " was not found."));
    }

    private static String required(Map<String, String> parameters, String name) {
        var value = parameters.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw StsRefusal.invalid("The request must contain the parameter " + name);
        }
        return value;
    }

    private static StsRefusal denied() {
        return new StsRefusal(403, "AccessDenied", "Access Denied");
    }
}
