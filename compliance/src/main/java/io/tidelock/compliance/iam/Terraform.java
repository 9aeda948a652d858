package io.tidelock.compliance.iam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes grant documents as Terraform for the provider {@code hashicorp/aws}. */
public final class Terraform {
    private Terraform() {}

    /** One resource a document; statements for keys become locals, since a key's policy has other statements too. */
    public static String of(List<GrantDocument> documents) {
        return documents.stream().map(Terraform::block).collect(Collectors.joining("\n"));
    }

    private static String block(GrantDocument document) {
        var label = label(Grants.nameOf(document));
        var name = lastOf(document.subject());
        var policy = heredoc(document.policy());
        return switch (document.kind()) {
            case TRUST -> """
                resource "aws_iam_role" "%s" {
                  name               = "%s"
                  assume_role_policy = %s
                }
                """.formatted(label, name, policy);
            case PERMISSIONS -> {
                var holder = document.subject().contains(":user/") ? "user" : "role";
                yield """
                resource "aws_iam_%s_policy" "%s" {
                  name   = "tidelock-replication"
                  %s   = "%s"
                  policy = %s
                }
                """.formatted(holder, label, holder, name, policy);
            }
            case BUCKET_POLICY -> """
                resource "aws_s3_bucket_policy" "%s" {
                  bucket = "%s"
                  policy = %s
                }
                """.formatted(label, name, policy);
            case KEY_STATEMENTS -> """
                # Add these statements to the policy of %s; what it has already stays.
                locals {
                  %s = %s
                }
                """.formatted(document.subject(), label, policy);
        };
    }

    private static String lastOf(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
    }

    private static String label(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }

    /** In a heredoc, only template markers need escaping. */
    private static String heredoc(ObjectNode policy) {
        var json = policy.toPrettyString().replace("${", "$${").replace("%{", "%%{");
        return "<<-JSON\n" + json.indent(4) + "  JSON";
    }
}
