package io.tidelock.compliance.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.iam.GrantDocument.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes grant documents as Terraform for the provider {@code hashicorp/aws}. */
public final class Terraform {
    private final Set<String> labels = new HashSet<>();
    private final StringBuilder text = new StringBuilder();

    private Terraform() {}

    /** One resource a document; statements for keys become locals, since a key's policy has other statements too. */
    public static String of(List<GrantDocument> documents) {
        var terraform = new Terraform();
        documents.forEach(terraform::block);
        return terraform.text.toString();
    }

    private void block(GrantDocument document) {
        var label = label(document);
        var name = document.last();
        var policy = heredoc(document.policy());
        text.append(text.isEmpty() ? "# " : "\n# ").append(document.title()).append('\n');
        text.append(
                switch (document.kind()) {
                    case TRUST -> """
                        resource "aws_iam_role" "%s" {
                          name               = "%s"
                          assume_role_policy = %s
                        }
                        """.formatted(label, name, policy);
                    case PERMISSIONS -> """
                        resource "aws_iam_%s_policy" "%s" {
                          name   = "tidelock-replication"
                          %s   = "%s"
                          policy = %s
                        }
                        """.formatted(document.holder(), label, document.holder(), name, policy);
                    case BUCKET_POLICY -> """
                        resource "aws_s3_bucket_policy" "%s" {
                          bucket = "%s"
                          policy = %s
                        }
                        """.formatted(label, name, policy);
                    case KEY_STATEMENTS -> """
                        # Add these statements to the key's policy; what it has already stays.
                        locals {
                          %s = %s
                        }
                        """.formatted(label, policy);
                });
    }

    /** Unique in the text: roles of two accounts may have one name. */
    private String label(GrantDocument document) {
        var label = (prefix(document.kind()) + document.last())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        var unique = label;
        for (var number = 2; !labels.add(unique); number++) {
            unique = label + "_" + number;
        }
        return unique;
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case TRUST -> "trust_";
            case PERMISSIONS -> "permissions_";
            case BUCKET_POLICY -> "bucket_policy_";
            case KEY_STATEMENTS -> "key_statements_";
        };
    }

    /** In a heredoc, only template markers need escaping. */
    private static String heredoc(ObjectNode policy) {
        var json = policy.toPrettyString().replace("${", "$${").replace("%{", "%%{");
        return "<<-JSON\n" + json.indent(4) + "  JSON";
    }
}
