package io.catalogconnect.localstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** The tests that INVARIANTS.md and the README name: each one exists, once, and the default build runs it. */
final class InvariantsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ENFORCED_BY = Pattern.compile("Enforced by:((?:[\\s,]+[\\w.]+\\.\\w+)+)");
    private static final Pattern TEST_METHOD = Pattern.compile("([\\w.]+)\\.(\\w+)");
    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");

    private final Map<String, List<JavaClass>> tests = testClasses();

    @Test
    void everyInvariantNamesATestOfTheDefaultBuild() throws IOException {
        String invariants = Files.readString(ROOT.resolve("INVARIANTS.md"));
        List<String> guarantees =
                invariants.lines().filter(line -> line.startsWith("- ")).toList();
        List<MatchResult> enforced = ENFORCED_BY.matcher(invariants).results().toList();

        assertThat(enforced).hasSameSizeAs(guarantees).hasSizeGreaterThan(10);
        assertThat(enforced)
                .flatExtracting(
                        names -> TEST_METHOD.matcher(names.group(1)).results().toList())
                .filteredOn(name -> !runs(name.group(1), name.group(2)))
                .extracting(MatchResult::group)
                .as("each name is that of one test, and no tag excludes it from the default build")
                .isEmpty();
    }

    @Test
    void everyGuaranteeOfTheReadmeNamesTestsOfTheDefaultBuild() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> rows = readme.substring(readme.indexOf("## Guarantees"))
                .lines()
                .dropWhile(line -> !line.startsWith("| Each"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(4);
        assertThat(rows).allSatisfy(row -> {
            List<String> names = TEST_CLASS
                    .matcher(row)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(names).as(row).isNotEmpty();
            assertThat(names)
                    .allSatisfy(name -> assertThat(tests.getOrDefault(name, List.of()))
                            .as(name)
                            .singleElement()
                            .matches(test -> test.getMethods().stream().anyMatch(InvariantsTest::isInDefaultBuild)));
        });
    }

    /** Two classes of one simple name are told apart by as much of the package as is necessary. */
    private boolean runs(String className, String method) {
        String simpleName = className.substring(className.lastIndexOf('.') + 1);
        List<JavaClass> found = tests.getOrDefault(simpleName, List.of()).stream()
                .filter(test -> test.getName().endsWith("." + className))
                .toList();
        return found.size() == 1
                && found.get(0).getMethods().stream()
                        .filter(candidate -> candidate.getName().equals(method))
                        .anyMatch(InvariantsTest::isInDefaultBuild);
    }

    private static boolean isInDefaultBuild(JavaMethod method) {
        return (method.isAnnotatedWith(Test.class)
                        || method.isAnnotatedWith(ParameterizedTest.class)
                        || method.isAnnotatedWith(TestFactory.class))
                && !isTagged(method)
                && !isTagged(method.getOwner());
    }

    /** Any tag excludes: {@code soak} from the default build, {@code docker} from a build without an engine. */
    private static boolean isTagged(CanBeAnnotated element) {
        return element.isAnnotatedWith(Tag.class);
    }

    /** Read as class files: the other modules' test classes are not on this module's class path. */
    private static Map<String, List<JavaClass>> testClasses() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> folders = modules.map(module -> module.resolve("target/test-classes"))
                    .filter(Files::isDirectory)
                    .toList();
            assertThat(folders).hasSizeGreaterThan(5);
            return new ClassFileImporter()
                    .importPaths(folders).stream()
                            .filter(JavaClass::isTopLevelClass)
                            .collect(Collectors.groupingBy(JavaClass::getSimpleName));
        } catch (IOException e) {
            throw new IllegalStateException("The modules of the project cannot be listed", e);
        }
    }
}
