package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Gives a caller whom a role trusts a session of that role. Thread-safe.
 *
 * <p>Source: AWS Security Token Service API reference, AssumeRole. A role that does not exist is denied like one that does
 * not trust the caller.
 */
final class AssumeRole {
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Duration DURATION_MIN = Duration.ofMinutes(15);
    private static final Duration DURATION_DEFAULT = Duration.ofHours(1);
    private static final Duration DURATION_MAX = Duration.ofHours(12);
    private static final List<String> NOT_KNOWN = List.of("PolicyArns.member.1.arn", "SerialNumber", "TokenCode");

    private final World world;
    private final Sessions sessions;
    private final Consumer<String> policyCheck;

    AssumeRole(World world, Sessions sessions, Consumer<String> policyCheck) {
        this.world = world;
        this.sessions = sessions;
        this.policyCheck = policyCheck;
    }

    QueryService.Answer answer(Caller caller, Map<String, String> parameters, Instant now) {
        for (var name : NOT_KNOWN) {
            if (parameters.containsKey(name)) {
                throw StsRefusal.invalid("This endpoint does not know the parameter " + name);
            }
        }
        var roleArn = required(parameters, "RoleArn");
        var sessionName = required(parameters, "RoleSessionName");
        if (!SESSION_NAME.matcher(sessionName).matches()) {
            throw StsRefusal.invalid(
                    "RoleSessionName must be 2 to 64 of the letters, digits and _+=,.@-, was '" + sessionName + "'");
        }
        var expires = now.plus(duration(parameters));
        var externalId = Optional.ofNullable(parameters.get("ExternalId"));
        if (externalId.isPresent() && !EXTERNAL_ID.matcher(externalId.get()).matches()) {
            throw StsRefusal.invalid("ExternalId must be 2 to 1224 of the letters, digits and _+=,.@:/-");
        }
        var account = holder(roleArn);
        var role = account.flatMap(holder -> holder.role(roleArn))
                .filter(wanted -> trusts(wanted, caller, externalId.orElse("")));
        if (role.isEmpty()) {
            throw new StsRefusal(
                    403,
                    "AccessDenied",
                    "User: " + caller.principalArn() + " is not authorized to perform: sts:AssumeRole on resource: "
                            + roleArn);
        }
        var session = sessions.open(account.orElseThrow(), role.get(), sessionName, policy(parameters), now, expires);
        return StsXml.assumedRole(
                session.orElseThrow(() -> new StsRefusal(400, "Throttling", "Rate exceeded")),
                Sessions.roleId(role.get()) + ":" + sessionName);
    }

    private Optional<String> policy(Map<String, String> parameters) {
        var policy = Optional.ofNullable(parameters.get("Policy"));
        try {
            policy.ifPresent(policyCheck);
        } catch (Refusal refusal) {
            throw new StsRefusal(400, "MalformedPolicyDocument", String.valueOf(refusal.getMessage()));
        }
        return policy;
    }

    private Optional<Account> holder(String roleArn) {
        var parts = roleArn.split(":", -1);
        if (parts.length != 6) {
            throw StsRefusal.invalid(roleArn + " is invalid");
        }
        return world.account(parts[4]);
    }

    private static boolean trusts(Role role, Caller caller, String externalId) {
        if (!role.externalId().isEmpty() && !Digests.same(role.externalId(), externalId)) {
            return false;
        }
        var trusted = role.trusted();
        return trusted.contains(caller.accountId())
                || trusted.contains("arn:aws:iam::" + caller.accountId() + ":root")
                || trusted.contains(caller.principalArn())
                || trusted.contains(caller.roleArn());
    }

    private static String required(Map<String, String> parameters, String name) {
        var value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw StsRefusal.invalid("The request must contain the parameter " + name);
        }
        return value;
    }

    private static Duration duration(Map<String, String> parameters) {
        var given = parameters.get("DurationSeconds");
        if (given == null) {
            return DURATION_DEFAULT;
        }
        if (!given.matches("[0-9]{1,6}")
                || Duration.ofSeconds(Long.parseLong(given)).compareTo(DURATION_MIN) < 0
                || Duration.ofSeconds(Long.parseLong(given)).compareTo(DURATION_MAX) > 0) {
            throw StsRefusal.invalid("DurationSeconds must be from " + DURATION_MIN.toSeconds() + " to "
                    + DURATION_MAX.toSeconds() + ", was " + given);
        }
        return Duration.ofSeconds(Long.parseLong(given));
    }
}
