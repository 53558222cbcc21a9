package io.catalogconnect.dryrun.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.s3csv.object.ObjectRef;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyDateTest {
    @ParameterizedTest
    @CsvSource({
        "catalog/dt=2026-11-25/a.csv, 2026-11-25",
        "catalog/date=2026-11-25/a.csv, 2026-11-25",
        "catalog/year=2026/month=11/day=5/a.csv, 2026-11-05",
        "catalog/2026/11/25/a.csv, 2026-11-25",
        "catalog_2026-11-25.csv, 2026-11-25",
        "catalog_2026_11_25.csv, 2026-11-25",
        "catalog-25.11.2026.csv, 2026-11-25",
        "catalog_20261124.csv, 2026-11-24",
        "catalog_20261124T1200.csv, 2026-11-24",
        "catalog_20261324.csv, none",
        "catalog_12345678.csv, none",
        "catalog_120261124.csv, none",
        "catalog/dt=2026-02-30/a.csv, none",
        "catalog/a.csv, none",
    })
    void dateIsFoundInTheKey(String key, String date) {
        ObjectRef object = new ObjectRef("bucket", key, "etag", 1, Instant.EPOCH);
        assertThat(KeyDate.in(object).map(KeyDate::date).orElse("none")).isEqualTo(date);
    }
}
