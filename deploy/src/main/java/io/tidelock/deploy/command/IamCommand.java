package io.tidelock.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidelock.compliance.iam.Terraform;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.deploy.config.Problem;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.iam.GrantSettings;
import io.tidelock.deploy.iam.GrantSettings.Audience;
import io.tidelock.deploy.iam.LeastPrivilege;
import io.tidelock.deploy.iam.LeastPrivileges;
import io.tidelock.deploy.service.Rules;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.document.Suggestion;
import io.tidelock.replicator.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidelock iam}: the least privilege that a configuration needs. */
@Command(
        name = "iam",
        description = {
            "Prints the policies that the configuration needs, and nothing beyond: trust and permissions of the roles,"
                    + " policies of the buckets, statements for the keys. Each says where it is to be attached.",
            "Attaches nothing, and reaches nothing unless rules are to be read from a source bucket.",
            "'tidelock check' compares them with what is there."
        },
        exitCodeList = {
            ExitCode.OK + ":the policies were printed",
            ExitCode.ERROR + ":the configuration is wrong, or leaves open whom policies have to name"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock iam --config tidelock.yaml | jq '.documents[] | select(.kind == \"BUCKET_POLICY\").policy' > policy.json",
            "  tidelock iam --config tidelock.yaml --format terraform > tidelock.tf",
            "  tidelock iam --config tidelock.yaml --principal arn:aws:iam::111122223333:role/tidelock \\",
            "      --source-key arn:aws:kms:eu-west-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "  tidelock iam --config tidelock.yaml --for s3      for S3's own replication with the same rules"
        })
final class IamCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--format",
            defaultValue = "json",
            paramLabel = "FORMAT",
            description = "How policies are printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.JSON;

    @Option(
            names = "--for",
            defaultValue = "tidelock",
            paramLabel = "WHO",
            description = "Whose calls are to be allowed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Who audience = Who.TIDELOCK;

    @Option(
            names = "--principal",
            paramLabel = "[STORE=]ARN",
            description = {
                "The role or user behind credentials that name no role, for one store or for all; may be repeated.",
                "Default: the Role of the rules' document."
            })
    private final List<String> principals = new ArrayList<>();

    @Option(
            names = "--source-key",
            paramLabel = "ARN",
            description = {
                "A KMS key that source versions are encrypted with; may be repeated.",
                "Default: any key of the account, used through S3 for the source bucket only."
            })
    private final List<String> sourceKeys = new ArrayList<>();

    @Option(names = "--object-lock", description = "Source versions have a retention or a legal hold.")
    private boolean objectLock;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        var named = named();
        var settings = new GrantSettings(audience.audience, named, keys(), objectLock);
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        if (loaded.isEmpty()) {
            return ExitCode.ERROR;
        }
        named.keySet().forEach(store -> requireStore(loaded.get(), store));
        return switch (LeastPrivileges.of(loaded.get(), rules(loaded.get()), settings)) {
            case LeastPrivilege.Known known -> {
                var out = spec.commandLine().getOut();
                out.print(
                        switch (format) {
                            case JSON -> json(known);
                            case TERRAFORM -> terraform(known);
                        });
                out.flush();
                yield ExitCode.OK;
            }
            case LeastPrivilege.Open(var gaps) -> {
                ConfigOption.explain(
                        gaps.stream()
                                .map(gap -> new Problem(
                                        config.file().toString(), null, gap.setting(), gap.problem(), gap.remedy()))
                                .toList(),
                        spec.commandLine().getErr());
                yield ExitCode.ERROR;
            }
        };
    }

    private static List<BucketRules> rules(TidelockConfig config) {
        if (config.replication().stream()
                .allMatch(replication -> replication.rules().isPresent())) {
            return Rules.ofAll(config.replication(), Map.of());
        }
        var stores = Wiring.stores(config);
        try {
            return Rules.ofAll(config.replication(), stores);
        } finally {
            stores.values().forEach(ObjectStore::close);
        }
    }

    private Map<String, String> named() {
        var named = new HashMap<String, String>();
        for (var option : principals) {
            var equals = option.indexOf('=');
            var arn = option.substring(equals + 1);
            if (Arn.parse(arn).filter(IamCommand::isPrincipal).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--principal " + option
                                + ": must be the ARN of an IAM role or user in an account of twelve digits");
            }
            named.put(equals < 0 ? "" : option.substring(0, equals), arn);
        }
        return named;
    }

    private static boolean isPrincipal(Arn arn) {
        return arn.service().equals("iam")
                && arn.accountId().isPresent()
                && (arn.resource().startsWith("role/") || arn.resource().startsWith("user/"));
    }

    /** @param store the name of a store, or empty for all of them */
    private void requireStore(TidelockConfig settings, String store) {
        var stores = new TreeSet<>(settings.stores().keySet());
        if (!store.isEmpty() && !stores.contains(store)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--principal " + store + "=...: there is no such store" + Suggestion.question(store, stores)
                            + "; name one of: " + String.join(", ", stores));
        }
    }

    private List<String> keys() {
        for (var key : sourceKeys) {
            if (!key.matches("arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+")) {
                throw new ParameterException(
                        spec.commandLine(), "--source-key " + key + ": must be the ARN of a KMS key, not of an alias");
            }
        }
        return sourceKeys;
    }

    private static String json(LeastPrivilege.Known known) throws JsonProcessingException {
        var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        var root = mapper.createObjectNode();
        var documents = root.putArray("documents");
        for (var document : known.documents()) {
            documents
                    .addObject()
                    .put("title", document.title())
                    .put("kind", document.kind().name())
                    .put("subject", document.subject())
                    .put("attach", document.attach())
                    .set("policy", document.policy());
        }
        root.set("notes", mapper.valueToTree(known.notes()));
        return mapper.writeValueAsString(root) + System.lineSeparator();
    }

    private static String terraform(LeastPrivilege.Known known) {
        var text = new StringBuilder();
        known.notes().forEach(note -> text.append("# ").append(note).append('\n'));
        return text.append(text.isEmpty() ? "" : "\n")
                .append(Terraform.of(known.documents()))
                .toString();
    }

    /** How policies are printed. */
    enum Format {
        JSON,
        TERRAFORM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whose calls are to be allowed. */
    enum Who {
        TIDELOCK(Audience.TIDELOCK),
        S3(Audience.S3);

        private final Audience audience;

        Who(Audience audience) {
            this.audience = audience;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
