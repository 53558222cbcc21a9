package io.catalogconnect.catalogctl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.catalogctl.Contracts;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.quality.QualityQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DateQueryTest {
    private static final LocalDate DATE = LocalDate.parse("2026-11-01");

    @Test
    void namesOfTablesStandForTheRowsOfTheDate() throws IOException {
        Desired desired = Contracts.catalog();
        DateQuery dates = new DateQuery(desired.tables(), DATE, name -> "`p.d." + name + "`");
        QualityQuery query = queries().get(0);
        assertThat(dates.of(query).sql())
                .isEqualTo("WITH `products_raw` AS (SELECT * FROM `p.d.products_raw` WHERE `catalog_date` ="
                        + " '2026-11-01'), `products_team_a` AS (SELECT * FROM `p.d.products_team_a` WHERE"
                        + " `catalog_date` = '2026-11-01'), `products_team_b` AS (SELECT * FROM `p.d.products_team_b`"
                        + " WHERE `catalog_date` = '2026-11-01') SELECT * FROM (\n" + query.sql() + "\n)");
        assertThat(dates.of(query).check()).isEqualTo(query.check());
        assertThat(dates.undated()).isEmpty();
    }

    @Test
    void dateOfATimeIsCompared() throws IOException {
        Desired orders = Contracts.desired(Contracts.text("orders"), "local");
        DateQuery dates = new DateQuery(orders.tables(), DATE, name -> name);
        QualityQuery query = queries().get(0);
        assertThat(dates.of(query).sql()).contains(" WHERE DATE(`ordered_at`) = '2026-11-01')");
    }

    @Test
    void semicolonOfAWrittenQueryIsRemoved() throws IOException {
        QualityQuery query = queries().get(0);
        QualityQuery written = new QualityQuery("o", "", query.check(), "SELECT 1; ", "");
        assertThat(new DateQuery(List.of(), DATE, name -> name).of(written).sql())
                .endsWith("SELECT * FROM (\nSELECT 1\n)");
        QualityQuery text = new QualityQuery("o", "", query.check(), "", "");
        assertThat(new DateQuery(List.of(), DATE, name -> name).of(text)).isEqualTo(text);
    }

    private static List<QualityQuery> queries() throws IOException {
        byte[] text = Contracts.text("product-catalog").getBytes(StandardCharsets.UTF_8);
        return QualityQuery.of(
                Objects.requireNonNull(ContractFile.check("c", text).contract()));
    }
}
