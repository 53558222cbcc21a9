package io.catalogconnect.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class ArchitectureRulesTest {
    private static final String SAMPLES = "io.catalogconnect.testkit.sample";

    @Test
    void aCycleBetweenPackagesIsFound() {
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES).check(classesOf("cyclea", "cycleb")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void theWallClockIsFound() {
        assertThatThrownBy(() -> ArchitectureRules.of(SAMPLES).check(classesOf("adapter")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("System.currentTimeMillis()");
    }

    @Test
    void connectIsFoundOutsideOfTheGlue() {
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
    void anSdkIsFoundOutsideOfItsAdapter() {
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
    void aPackageWithoutClassesIsRefused() {
        assertThatThrownBy(
                        () -> ArchitectureRules.of("io.catalogconnect.nowhere").check())
                .isInstanceOf(AssertionError.class)
                .hasMessage("No class found in package io.catalogconnect.nowhere: the rules would check nothing");
    }

    @Test
    void thisModuleKeepsItsOwnRules() {
        ArchitectureRules.of("io.catalogconnect.testkit")
                .sdkOnlyIn("com.tngtech.archunit", "io.catalogconnect.testkit")
                .check();
    }

    @Test
    void aPluginMayUseItsOwnPackages() {
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
