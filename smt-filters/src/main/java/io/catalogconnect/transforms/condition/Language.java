package io.catalogconnect.transforms.condition;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a condition can say: the record's parts, CEL's operators and functions that need no loop, and ours.
 *
 * <p>Of CEL's macros only {@code has} is there, so that nothing can loop; {@code type} and {@code dyn} are not, because
 * they get around the checks; nor are unsigned numbers, which no record has.
 */
final class Language {
    static final String VALUE = "value";
    static final String KEY = "key";
    static final String HEADERS = "headers";
    static final String TOPIC = "topic";
    static final String TIMESTAMP = "timestamp";
    static final List<String> VARIABLES = List.of(VALUE, KEY, HEADERS, TOPIC, TIMESTAMP);

    static final String PRESENT = "present";
    static final String BLANK = "blank";
    static final String EQI = "eqi";
    static final String LOWER = "lower";
    static final String UPPER = "upper";
    static final String TRIM = "trim";
    static final String NUM = "num";
    static final String DATE = "date";

    /** Code points in one condition. */
    static final int MAX_LENGTH = 4_096;

    /** Levels of nesting. */
    static final int MAX_DEPTH = 64;

    static final CelOptions OPTIONS = CelOptions.DEFAULT.toBuilder()
            .enableHeterogeneousNumericComparisons(true)
            .enableComprehension(false)
            // Each condition's length is checked with a message of our own, so this is only the second fence.
            .maxExpressionCodePointSize(2 * MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .build();

    private static final Set<StandardFunction> LEFT_OUT = EnumSet.of(
            StandardFunction.TYPE,
            StandardFunction.DYN,
            StandardFunction.UINT,
            StandardFunction.BYTES,
            StandardFunction.OLD_IN,
            StandardFunction.OLD_NOT_STRICTLY_FALSE,
            StandardFunction.NOT_STRICTLY_FALSE);

    private static final List<CelType> INT_DOUBLE = List.of(SimpleType.INT, SimpleType.DOUBLE);
    private static final List<CelType> DOUBLE_INT = List.of(SimpleType.DOUBLE, SimpleType.INT);
    private static final List<CelType> INT_IN_DOUBLES = List.of(SimpleType.INT, ListType.create(SimpleType.DOUBLE));
    private static final List<CelType> DOUBLE_IN_INTS = List.of(SimpleType.DOUBLE, ListType.create(SimpleType.INT));

    private Language() {}

    /** A compiler that knows the types of the record's value and key, as far as they are known. */
    static CelCompiler compiler(CelType value, CelType key, ImmutableList<StructType> structs) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(LEFT_OUT)
                        .build())
                .setStandardMacros(CelStandardMacro.HAS)
                .setTypeProvider(new CelTypeProvider() {
                    @Override
                    public ImmutableCollection<CelType> types() {
                        return ImmutableList.copyOf(structs);
                    }

                    @Override
                    public Optional<CelType> findType(String name) {
                        return structs.stream()
                                .filter(struct -> struct.name().equals(name))
                                .map(CelType.class::cast)
                                .findFirst();
                    }
                })
                .addVar(VALUE, value)
                .addVar(KEY, key)
                .addVar(HEADERS, MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addVar(TOPIC, SimpleType.STRING)
                .addVar(TIMESTAMP, SimpleType.TIMESTAMP)
                .addFunctionDeclarations(functions())
                .build();
    }

    private static List<CelFunctionDecl> functions() {
        return List.of(
                // A whole number may equal another one; CEL's own declarations let them be ordered, but not be equal.
                function("_==_", SimpleType.BOOL, INT_DOUBLE, DOUBLE_INT),
                function("_!=_", SimpleType.BOOL, INT_DOUBLE, DOUBLE_INT),
                function("@in", SimpleType.BOOL, INT_IN_DOUBLES, DOUBLE_IN_INTS),
                // Nor do they let a whole number and another one be added, as num(...) gives either by what a text
                // holds.
                mixed(RuntimeFunctions.ADD),
                mixed(RuntimeFunctions.SUBTRACT),
                mixed(RuntimeFunctions.MULTIPLY),
                mixed(RuntimeFunctions.DIVIDE),
                function(PRESENT, SimpleType.BOOL, List.of(SimpleType.DYN)),
                function(BLANK, SimpleType.BOOL, List.of(SimpleType.DYN)),
                function(
                        EQI,
                        SimpleType.BOOL,
                        List.of(NullableType.create(SimpleType.STRING), NullableType.create(SimpleType.STRING))),
                function(LOWER, SimpleType.STRING, List.of(SimpleType.STRING)),
                function(UPPER, SimpleType.STRING, List.of(SimpleType.STRING)),
                function(TRIM, SimpleType.STRING, List.of(SimpleType.STRING)),
                function(
                        NUM,
                        SimpleType.DYN,
                        List.of(SimpleType.STRING),
                        List.of(SimpleType.INT),
                        List.of(SimpleType.DOUBLE)),
                function(DATE, SimpleType.TIMESTAMP, List.of(SimpleType.STRING), List.of(SimpleType.TIMESTAMP)));
    }

    private static CelFunctionDecl mixed(String operator) {
        return function(operator, SimpleType.DOUBLE, INT_DOUBLE, DOUBLE_INT);
    }

    @SafeVarargs
    private static CelFunctionDecl function(String name, CelType result, List<CelType>... parameters) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (List<CelType> types : parameters) {
            overloads.add(CelOverloadDecl.newGlobalOverload(name + "_" + overloads.size(), result, types));
        }
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
    }

    /** Every name that can be called, for "did you mean". */
    static List<String> functionNames() {
        List<String> names = new ArrayList<>(List.of(PRESENT, BLANK, EQI, LOWER, UPPER, TRIM, NUM, DATE, "has"));
        for (StandardFunction function : StandardFunction.values()) {
            String name = function.functionDecl().name();
            if (!LEFT_OUT.contains(function) && Character.isLetter(name.codePointAt(0))) {
                names.add(name);
            }
        }
        return names;
    }
}
