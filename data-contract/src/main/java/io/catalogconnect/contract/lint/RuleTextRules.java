package io.catalogconnect.contract.lint;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.render.Columns;
import io.catalogconnect.contract.rule.RuleCheck;
import io.catalogconnect.contract.yaml.YamlFile;
import io.catalogconnect.contract.yaml.YamlNode;
import java.util.List;

/** Rules are compiled with the columns of the product. An error shows its place in the file. */
record RuleTextRules(Contract contract, YamlFile file, Findings findings) {

    void check() {
        if (contract.objects().isEmpty()) {
            return;
        }
        DataObject product = contract.objects().get(0);
        List<Column> columns = product.columns();
        long names = columns.stream().map(Column::name).distinct().count();
        if (names < columns.size() || !columns.stream().allMatch(ColumnRules::isValid)) {
            return; // ColumnRules reports them.
        }
        String fields = Columns.fields(product);
        for (DataObject object : contract.objects()) {
            if (!object.rule().isBlank()) {
                RuleCheck.problem(object.rule(), fields).ifPresent(problem -> report(object, problem));
            }
        }
    }

    private void report(DataObject object, RuleCheck.Problem problem) {
        Place start = object.places().value("rule");
        Place place = file.scalarAt(start)
                .map((YamlNode.Scalar scalar) -> file.text().placeIn(scalar, problem.line(), problem.column()))
                .orElse(start);
        String message = problem.message().endsWith("?") || problem.message().endsWith(".")
                ? problem.message()
                : problem.message() + ".";
        findings.error(place, "rule", message, file.text().excerpt(place));
    }
}
