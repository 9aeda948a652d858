package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a role's trust and permissions are, read as AWS IAM lets one read them: GetRole, GetRolePolicy, ListRolePolicies and
 * ListAttachedRolePolicies. Everybody in an account may read its roles. Thread-safe.
 *
 * <p>Source: AWS Identity and Access Management API reference, the four actions, "Common errors". IAM is one service for all regions; its requests
 * are signed for us-east-1, or here for the endpoint's region.
 */
public final class IamService implements QueryService {
    /** The name of the one inline policy that a limited role has. */
    public static final String POLICY_NAME = "permissions";

    private static final Set<String> ACTIONS =
            Set.of("GetRole", "GetRolePolicy", "ListRolePolicies", "ListAttachedRolePolicies");
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
            var role = role(account, parameters);
            return Optional.of(
                    switch (action) {
                        case "GetRole" -> IamXml.role(role);
                        case "GetRolePolicy" ->
                            IamXml.policy(role, required(parameters, "PolicyName"), policy(role, parameters));
                        case "ListRolePolicies" ->
                            IamXml.policyNames(role.policy().isPresent() ? POLICY_NAME : "");
                        default -> IamXml.noAttachedPolicies();
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
