package io.catalogconnect.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class ArchitectureRulesTest {
    private static final String SAMPLES = "io.catalogconnect.testkit.sample";

    @Test
    void cycleBetweenPackagesIsFound() {
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES).check(classesOf("cyclea", "cycleb")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void wallClockIsFound() {
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES).check(classesOf("adapter")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("System.currentTimeMillis()");
    }

    @Test
    void connectIsFoundOutsideTheGlue() {
        JavaClasses glue = classesOf("glue");
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES)
                        .connectOnlyIn(SAMPLES + ".adapter")
                        .check(glue))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("org.apache.kafka.connect.source.SourceRecord");
        assertThatCode(() -> ArchitectureRules.of(SAMPLES)
                        .connectOnlyIn(SAMPLES + ".glue")
                        .check(glue))
                .doesNotThrowAnyException();
    }

    @Test
    void sdkIsFoundOutsideItsAdapter() {
        JavaClasses glue = classesOf("glue");
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES)
                        .sdkOnlyIn("org.apache.kafka", SAMPLES + ".adapter")
                        .check(glue))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("only adapters know a vendor's types");
        assertThatCode(() -> ArchitectureRules.of(SAMPLES)
                        .sdkOnlyIn("org.apache.kafka", SAMPLES + ".glue")
                        .check(glue))
                .doesNotThrowAnyException();
    }

    @Test
    void classCycleInAPackageIsFound() {
        JavaClasses cycle = classesOf("classcycle");
        assertThatThrownBy(() ->
                        ArchitectureRules.of(SAMPLES).classesFreeOfCycles().check(cycle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected")
                .hasMessageContaining("Question");
        assertThatCode(() -> ArchitectureRules.of(SAMPLES).classesFreeOfCycles().check(classesOf("glue")))
                .doesNotThrowAnyException();
        assertThatCode(() -> ArchitectureRules.of(SAMPLES)
                        .classesFreeOfCycles(SAMPLES + ".classcycle")
                        .check(cycle))
                .doesNotThrowAnyException();
    }

    @Test
    void rootPackageWithTooManyClassesIsFound() {
        JavaClasses two = classesOf("classcycle");
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES + ".classcycle")
                        .rootPackageHoldsAtMost(1)
                        .check(two))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2 classes where 1 are allowed: [Answer, Question]");
        assertThatCode(() -> ArchitectureRules.of(SAMPLES + ".classcycle")
                        .rootPackageHoldsAtMost(2)
                        .check(two))
                .doesNotThrowAnyException();
    }

    @Test
    void packageWithoutClassesIsRefused() {
        assertThatThrownBy(
                        () -> ArchitectureRules.of("io.catalogconnect.nowhere").check())
                .isInstanceOf(AssertionError.class)
                .hasMessage("No class found in package io.catalogconnect.nowhere: the rules would check nothing");
    }

    @Test
    void moduleFollowsTheSharedRules() {
        ArchitectureRules.of("io.catalogconnect.testkit")
                .sdkOnlyIn("com.tngtech.archunit", "io.catalogconnect.testkit")
                .check();
    }

    @Test
    void pluginMayUseItsPackages() {
        JavaClasses plugin = classesOf("glue");
        assertThatCode(() -> ArchitectureRules.of("io.catalogconnect.s3csv").check(plugin))
                .doesNotThrowAnyException();
    }

    private static JavaClasses classesOf(String... packages) {
        String[] names = new String[packages.length];
        for (int i = 0; i < packages.length; i++) {
            names[i] = SAMPLES + "." + packages[i];
        }
        return new ClassFileImporter().importPackages(names);
    }
}
