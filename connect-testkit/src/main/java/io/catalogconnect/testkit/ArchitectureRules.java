package io.catalogconnect.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that keep each module readable: glue on the outside, logic in the middle, a vendor's code in an adapter.
 *
 * <p>A module's test names its root package and the packages in which each vendor's SDK may be used, and calls
 * {@link #check()}:
 *
 * <pre>{@code
 * ArchitectureRules.of("io.catalogconnect.s3csv")
 *         .sdkOnlyIn("software.amazon.awssdk", "io.catalogconnect.s3csv.object.s3")
 *         .check();
 * }</pre>
 *
 * <p>Instances are immutable and safe to share between threads.
 */
public final class ArchitectureRules {
    private static final List<String> PLUGINS =
            List.of("io.catalogconnect.s3csv", "io.catalogconnect.transforms", "io.catalogconnect.bigquery");

    private static final String[] CONNECT_GLUE = {
        "org.apache.kafka.connect.source..", "org.apache.kafka.connect.sink..", "org.apache.kafka.connect.connector.."
    };

    private static final String POLLING = "io.catalogconnect.toolkit.wait.Wait";

    private final String root;
    private final List<ArchRule> rules;

    private ArchitectureRules(String root, List<ArchRule> rules) {
        this.root = root;
        this.rules = rules;
    }

    /**
     * The rules that hold for every module: no cycles between packages, no plugin that uses another one (only the dry run uses
     * several, and the lint of contracts uses the rule engine), nobody that uses the local stack (but the benchmarks, which
     * measure it whole), no plugin class that a worker cannot find, no wall clock and no sleep in main code.
     *
     * @param root the module's root package, for example {@code io.catalogconnect.s3csv}
     */
    public static ArchitectureRules of(String root) {
        return new ArchitectureRules(
                root,
                List.of(
                        slices().matching(root + ".(**)")
                                .should()
                                .beFreeOfCycles()
                                .allowEmptyShould(true),
                        pluginsKeepApart(root),
                        pluginsArePublic(),
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(
                                        "io.catalogconnect.localstack..", "io.catalogconnect.benchmarks..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("io.catalogconnect.localstack..")
                                .because("the local stack is a user of the plugins, like any other"),
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName(POLLING)
                                .should()
                                .callMethod(Thread.class, "sleep", long.class)
                                .because("code waits for a condition; only a poll of another process pauses"),
                        noClasses()
                                .should()
                                .callMethod(System.class, "currentTimeMillis")
                                .orShould()
                                .callMethod(Instant.class, "now")
                                .because("time comes from the " + Clock.class.getName() + " that is handed in")));
    }

    /**
     * Adds: a vendor's SDK is used in the given packages (and those below them) only.
     *
     * @param sdk the SDK's root package
     * @param adapters packages that translate between the SDK and our own types
     */
    public ArchitectureRules sdkOnlyIn(String sdk, String... adapters) {
        String[] below = Stream.of(adapters).map(adapter -> adapter + "..").toArray(String[]::new);
        return with(noClasses()
                .that()
                .resideOutsideOfPackages(below)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(sdk + "..")
                .because("only adapters know a vendor's types and exceptions"));
    }

    /**
     * Adds: Connect's source, sink and connector API is used in the given packages only, not in those below them.
     *
     * @param packages the plugin's glue, usually its root package alone
     */
    public ArchitectureRules connectOnlyIn(String... packages) {
        return with(noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECT_GLUE)
                .because("logic that does not know Connect's lifecycle can be tested without a worker"));
    }

    /**
     * Adds: a configuration of Connect is read in one package only. The other packages see immutable settings.
     *
     * @param config the plugin's configuration package
     */
    public ArchitectureRules configurationOnlyIn(String config) {
        return with(noClasses()
                .that()
                .resideOutsideOfPackage(config)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.kafka.common.config.AbstractConfig")
                .because("a configuration is parsed once, into immutable settings"));
    }

    /**
     * Adds: no cycles between classes. A nested class counts as a part of its top-level class.
     *
     * @param recursive packages whose classes follow a recursive grammar: all classes of such a package count as one
     */
    public ArchitectureRules classesFreeOfCycles(String... recursive) {
        return with(slices().assignedFrom(new TopLevelClasses(root, List.of(recursive)))
                .should()
                .beFreeOfCycles()
                .because("a class that nothing in its package depends on can be read first"));
    }

    /**
     * Adds: the root package holds at most this many top-level classes.
     *
     * @param limit maximum number of classes, apart from {@code package-info}
     */
    public ArchitectureRules rootPackageHoldsAtMost(int limit) {
        return with(classes()
                .that()
                .resideInAPackage(root)
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(new NumberAtMost(limit))
                .because("a plugin's root package holds what Connect instantiates, and little else"));
    }

    /**
     * Reads the classes of the module (its tests left out) and checks every rule.
     *
     * @throws AssertionError that lists every violation of the first rule that does not hold
     */
    public void check() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        if (classes.isEmpty()) {
            throw new AssertionError("No class found in package " + root + ": the rules would check nothing");
        }
        check(classes);
    }

    void check(JavaClasses classes) {
        rules.forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private ArchitectureRules with(ArchRule rule) {
        return new ArchitectureRules(
                root, Stream.concat(rules.stream(), Stream.of(rule)).toList());
    }

    /**
     * A worker of Kafka 4.0 or later that scans the plugin path sees public classes only: a class that is not public hides its
     * subclasses.
     */
    private static ArchRule pluginsArePublic() {
        return classes()
                .that()
                .areAssignableTo("org.apache.kafka.connect.connector.Connector")
                .or()
                .areAssignableTo("org.apache.kafka.connect.connector.Task")
                .or()
                .areAssignableTo("org.apache.kafka.connect.transforms.Transformation")
                .or()
                .areAssignableTo("org.apache.kafka.connect.transforms.predicates.Predicate")
                .should()
                .bePublic()
                .because("workers that scan the plugin path ignore other classes and their subclasses");
    }

    private static ArchRule pluginsKeepApart(String root) {
        String[] others = PLUGINS.stream()
                .filter(plugin -> !plugin.equals(root))
                .map(plugin -> plugin + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages("io.catalogconnect.dryrun..", "io.catalogconnect.contract.rule..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("plugins are isolated from each other on a worker");
    }

    /** Assigns each class below a package to its top-level class, or to its package if that is recursive. */
    private record TopLevelClasses(String root, List<String> recursive) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            if (recursive.contains(javaClass.getPackageName())) {
                return SliceIdentifier.of(javaClass.getPackageName());
            }
            String name = javaClass.getName();
            return name.startsWith(root + ".")
                    ? SliceIdentifier.of(name.contains("$") ? name.substring(0, name.indexOf('$')) : name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of " + root;
        }
    }

    /** Holds if the number of the classes is not above a limit. */
    private static final class NumberAtMost extends ArchCondition<JavaClass> {
        private final int limit;
        private List<String> names = List.of();

        NumberAtMost(int limit) {
            super("be at most " + limit);
            this.limit = limit;
        }

        @Override
        public void init(Collection<JavaClass> all) {
            names = all.stream().map(JavaClass::getSimpleName).sorted().toList();
        }

        @Override
        public void check(JavaClass each, ConditionEvents events) {
            // only the number of all classes counts
        }

        @Override
        public void finish(ConditionEvents events) {
            events.add(new SimpleConditionEvent(
                    names, names.size() <= limit, names.size() + " classes where " + limit + " are allowed: " + names));
        }
    }
}
