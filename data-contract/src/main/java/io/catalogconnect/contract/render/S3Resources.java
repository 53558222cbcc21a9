package io.catalogconnect.contract.render;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.S3Server;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.TimeSpan;
import io.catalogconnect.contract.report.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Permissions and lifecycle of the bucket. Not rendered if the bucket is a placeholder that the worker replaces. */
final class S3Resources {
    private S3Resources() {}

    /** The IAM policy that the source needs. */
    static List<RenderedFile> policy(Environment environment) {
        S3Server landing = environment.landing();
        if (landing.location().contains("${")) {
            return List.of();
        }
        String bucket = "arn:aws:s3:::" + landing.bucket();
        Map<String, Object> list = statement("s3:ListBucket", bucket);
        if (!landing.prefix().isEmpty()) {
            list.put("Condition", Map.of("StringLike", Map.of("s3:prefix", landing.prefix() + "*")));
        }
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", List.of(list, statement("s3:GetObject", bucket + "/" + landing.prefix() + "*")));
        return List.of(new RenderedFile("aws-policy.json", JsonText.of(policy)));
    }

    private static Map<String, Object> statement(String action, String resource) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put("Action", action);
        statement.put("Resource", resource);
        return statement;
    }

    /** The rule that deletes files after the retention. */
    static List<RenderedFile> lifecycle(Contract contract, Environment environment) {
        S3Server landing = environment.landing();
        long days = contract.serviceLevel("retention")
                .flatMap(ServiceLevel::span)
                .map(TimeSpan::days)
                .orElse(0L);
        if (landing.location().contains("${") || days == 0) {
            return List.of();
        }
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("ID", contract.identity().name() + "-retention");
        rule.put("Status", "Enabled");
        rule.put("Filter", Map.of("Prefix", landing.prefix()));
        rule.put("Expiration", Map.of("Days", days));
        rule.put("NoncurrentVersionExpiration", Map.of("NoncurrentDays", 1));
        return List.of(new RenderedFile("s3-lifecycle.json", JsonText.of(Map.of("Rules", List.of(rule)))));
    }
}
