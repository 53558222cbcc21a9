package io.catalogconnect.s3csv.object.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The policies in docs/permissions.md permit the requests in the code, and no others. */
final class S3PolicyTest {

    private static final Path PAGE = Path.of("..", "docs", "permissions.md");
    private static final Pattern ACTION = Pattern.compile("\"(s3:[A-Z]\\w+)\"");

    /** Actions of each request, by S3's documentation of the operation. */
    private static final Map<String, List<String>> ACTIONS = Map.of(
            "listObjectsV2", List.of("s3:ListBucket"),
            "getObject", List.of("s3:GetObject"),
            "headObject", List.of("s3:GetObject"),
            "copyObject", List.of("s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"),
            "deleteObject", List.of("s3:DeleteObject"),
            "getObjectTagging", List.of("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
            "putObjectTagging", List.of("s3:PutObjectTagging", "s3:PutObjectVersionTagging"));

    /** The policies of the page: reading, and what each clean-up adds. */
    private static final Map<String, Set<String>> CLASSES = Map.of(
            "read", Set.of("S3ObjectStore"),
            "cleanup=move", Set.of("S3Move", "S3Head"),
            "cleanup=tag", Set.of("S3Tag", "S3Head"));

    @Test
    void policiesPermitTheRequestsOfTheCodeAndNoOthers() throws IOException {
        Map<String, Set<String>> requests = requestsByClass();
        String page = Files.readString(PAGE);
        Map<String, Set<String>> policies = Map.of(
                "read", actions(page, "## S3", "Clean-up needs more actions"),
                "cleanup=move", actions(page, "With `cleanup=move`", "With `cleanup=tag`"),
                "cleanup=tag", actions(page, "With `cleanup=tag`", "PREFIX is the value"));

        assertThat(requests.keySet())
                .as("classes that send requests")
                .isEqualTo(
                        CLASSES.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new)));
        CLASSES.forEach((policy, classes) -> {
            Set<String> needed = classes.stream()
                    .flatMap(name -> requests.getOrDefault(name, Set.of()).stream())
                    .flatMap(request -> ACTIONS.getOrDefault(request, List.of(request)).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!policy.equals("read")) {
                needed.removeAll(policies.get("read"));
            }
            assertThat(policies.get(policy)).as(policy).isEqualTo(needed);
        });
    }

    private static Set<String> actions(String page, String from, String to) {
        String section = page.substring(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
        return ACTION.matcher(section)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The operations of the S3 client that each class calls. */
    private static Map<String, Set<String>> requestsByClass() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.catalogconnect.s3csv");
        Map<String, Set<String>> requests = new TreeMap<>();
        classes.forEach(each -> each.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().isEquivalentTo(S3Client.class)
                        && !Set.of("close", "builder").contains(call.getName()))
                .forEach(call -> requests.computeIfAbsent(each.getSimpleName(), name -> new TreeSet<>())
                        .add(call.getName())));
        return requests;
    }
}
