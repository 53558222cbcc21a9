package io.catalogconnect.contract.quality;

import io.catalogconnect.contract.model.QualityCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The limits of a quality check. */
public final class Limits {
    private static final String BETWEEN = "mustBeBetween";
    private static final String NOT_BETWEEN = "mustNotBeBetween";
    private static final Map<String, String> SIGNS = Map.of(
            "mustBe",
            "=",
            "mustNotBe",
            "!=",
            "mustBeGreaterThan",
            ">",
            "mustBeGreaterOrEqualTo",
            ">=",
            "mustBeLessThan",
            "<",
            "mustBeLessOrEqualTo",
            "<=",
            BETWEEN,
            "between",
            NOT_BETWEEN,
            "not between");

    private final Map<String, List<BigDecimal>> limits;

    private Limits(Map<String, List<BigDecimal>> limits) {
        this.limits = limits;
    }

    static Limits of(QualityCheck check) throws InvalidCheckException {
        Map<String, List<BigDecimal>> limits = new LinkedHashMap<>();
        for (Map.Entry<String, String> limit : check.limits().entrySet()) {
            boolean isRange = limit.getKey().endsWith("Between");
            List<BigDecimal> numbers = new ArrayList<>();
            try {
                for (String number : limit.getValue().replaceAll("[\\[\\]]", "").split(",", -1)) {
                    numbers.add(new BigDecimal(number.strip()));
                }
            } catch (NumberFormatException e) {
                numbers.clear();
            }
            if (numbers.size() != (isRange ? 2 : 1)) {
                throw new InvalidCheckException(limit.getKey() + " of " + check.title() + " must be "
                        + (isRange ? "two numbers, such as [1, 5]." : "a number."));
            }
            if (isRange && numbers.get(0).compareTo(numbers.get(1)) > 0) {
                throw new InvalidCheckException(limit.getKey() + " of " + check.title() + " is "
                        + numbers.get(0).toPlainString() + " to "
                        + numbers.get(1).toPlainString()
                        + ". Write the smaller number first.");
            }
            limits.put(limit.getKey(), numbers);
        }
        if (limits.isEmpty()) {
            throw new InvalidCheckException(
                    "The check " + check.title() + " has no limit, such as mustBe: 0. The check needs one.");
        }
        Limits all = new Limits(limits);
        if (candidates(limits).stream().noneMatch(all::hold)) {
            throw new InvalidCheckException(
                    "No number can keep all limits of " + check.title() + ": " + all + ". Remove or correct one.");
        }
        return all;
    }

    /** The numbers of all limits, and one number between each two of them and on both sides: if none of these holds, none does. */
    private static List<BigDecimal> candidates(Map<String, List<BigDecimal>> limits) {
        TreeSet<BigDecimal> numbers = new TreeSet<>();
        limits.values().forEach(numbers::addAll);
        List<BigDecimal> candidates = new ArrayList<>(numbers);
        BigDecimal previous = numbers.first().subtract(BigDecimal.ONE);
        for (BigDecimal number : numbers) {
            candidates.add(previous.add(number).divide(BigDecimal.valueOf(2)));
            previous = number;
        }
        candidates.add(previous.add(BigDecimal.ONE));
        return candidates;
    }

    /** The limits of a check that has no {@linkplain QualityQuery#problem() problem}. */
    public static Limits ofValid(QualityCheck check) {
        try {
            return of(check);
        } catch (InvalidCheckException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** True if a measured number keeps all limits. */
    public boolean hold(BigDecimal number) {
        return limits.entrySet().stream().allMatch(limit -> holds(limit.getKey(), limit.getValue(), number));
    }

    private static boolean holds(String key, List<BigDecimal> limit, BigDecimal number) {
        int order = number.compareTo(limit.get(0));
        return switch (key) {
            case "mustBe" -> order == 0;
            case "mustNotBe" -> order != 0;
            case "mustBeGreaterThan" -> order > 0;
            case "mustBeGreaterOrEqualTo" -> order >= 0;
            case "mustBeLessThan" -> order < 0;
            case "mustBeLessOrEqualTo" -> order <= 0;
            case BETWEEN -> order >= 0 && number.compareTo(limit.get(1)) <= 0;
            case NOT_BETWEEN -> order < 0 || number.compareTo(limit.get(1)) > 0;
            default -> throw new IllegalStateException("Unknown limit " + key);
        };
    }

    /** Such as {@code = 0} or {@code between 1 and 5}. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        limits.forEach((key, numbers) -> texts.add(SIGNS.getOrDefault(key, key) + " "
                + String.join(
                        " and ", numbers.stream().map(BigDecimal::toPlainString).toList())));
        return String.join(", ", texts);
    }
}
