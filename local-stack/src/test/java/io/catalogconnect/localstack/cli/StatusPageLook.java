package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Looks at a status page in Chromium: its texts, and that nothing overlaps or is cut at two widths. */
final class StatusPageLook {
    /** Pairs of elements of the same level whose boxes overlap, and elements wider than the page. */
    private static final String OVERLAPS = """
            const found = [];
            const visible = (e) => e.getClientRects().length > 0;
            const boxes = [...document.querySelectorAll("h1, h2, header p, section, #problem-list li, #way, #files li, #file-counts, #query button, textarea")]
              .filter(visible);
            for (const a of boxes) {
              for (const b of boxes) {
                if (a !== b && !a.contains(b) && !b.contains(a)) {
                  const [r, s] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
                  if (r.left < s.right - 1 && s.left < r.right - 1 && r.top < s.bottom - 1 && s.top < r.bottom - 1) {
                    found.push(a.tagName + " and " + b.tagName + " overlap");
                  }
                }
              }
            }
            for (const text of document.querySelectorAll("#way text")) {
              const inside = [...document.querySelectorAll("#way rect")].some((rect) => {
                const [r, s] = [text.getBoundingClientRect(), rect.getBoundingClientRect()];
                return r.left >= s.left && r.right <= s.right && r.top >= s.top - 1 && r.bottom <= s.bottom + 1;
              });
              if (!inside) {
                found.push("text " + text.textContent + " is not in its box");
              }
            }
            const rects = [...document.querySelectorAll("#way rect")].map((rect) => rect.getBoundingClientRect());
            rects.forEach((r, i) => rects.slice(i + 1).forEach((s) => {
              if (r.left < s.right && s.left < r.right && r.top < s.bottom && s.top < r.bottom) {
                found.push("boxes of the picture overlap");
              }
            }));
            if (document.documentElement.scrollWidth > innerWidth) {
              found.push("the page is " + document.documentElement.scrollWidth + " wide");
            }
            return found;
            """;

    private final Browser browser;
    private final Path folder;

    /** @param folder receives the pictures */
    StatusPageLook(Browser browser, Path folder) {
        this.browser = browser;
        this.folder = folder;
    }

    /** @param rows rows of the tables, in the order of the contract, as SQL counts them */
    void look(String address, List<Long> rows) throws IOException, InterruptedException {
        browser.open(address);
        Awaitility.await()
                .until(() ->
                        text("#tables tbody tr:first-child td:nth-child(2)").equals(String.valueOf(rows.get(0))));
        assertThat(text("h1")).isEqualTo("product-catalog 1.2.0 on local");
        assertThat(text("#health")).isEqualTo("healthy");
        assertThat(texts("#tables tbody tr td:nth-child(2)"))
                .containsExactlyElementsOf(rows.stream().map(String::valueOf).toList());
        assertThat(texts("#way text.count"))
                .contains("1 file, 0 waiting", "RUNNING 1/1 tasks", "lag 0")
                .endsWith(rows.stream().map(count -> count + " rows").toArray(String[]::new));
        assertThat(texts("#files li"))
                .singleElement()
                .asString()
                .contains("s3://catalog/catalog/dt=2026-11-01/product_catalog.csv", "200 rows, 100 %");
        tableIsShown(rows.get(0));
        queriesAreAnswered(rows.get(0));
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1280, 400}) {
                browser.emulate(width, 900, scheme);
                browser.screenshot(folder.resolve("status-" + width + "-" + scheme + ".png"));
                assertThat(list(browser.run(OVERLAPS))).isEmpty();
                assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")
                                .asText())
                        .isEqualTo(scheme.equals("light") ? "rgb(246, 247, 249)" : "rgb(20, 24, 30)");
            }
        }
    }

    private void tableIsShown(long rows) throws IOException, InterruptedException {
        browser.run("document.querySelector('#tables button').click()");
        Awaitility.await().until(() -> text("#table-name").equals("products_raw"));
        assertThat(texts("#schema tbody tr")).contains("brand\tSTRING", "catalog_date\tDATE");
        assertThat(texts("#partitions tbody tr")).containsExactly("2026-11-01\t" + rows);
        assertThat(texts("#preview tbody tr")).hasSize(10);
    }

    private void queriesAreAnswered(long rows) throws IOException, InterruptedException {
        query("SELECT COUNT(*) AS n FROM products_raw", "1 row");
        assertThat(texts("#result tr")).containsExactly("n", String.valueOf(rows));
        query("DELETE FROM products_raw WHERE TRUE", "The statement is not a SELECT but DELETE. It was not run.");
        query(
                "SELECT 1; DELETE FROM products_raw WHERE TRUE",
                "The statement is not a SELECT but SCRIPT. It was not run.");
        query("SELECT COUNT(*) AS n FROM products_raw", "1 row");
        assertThat(texts("#result tr")).containsExactly("n", String.valueOf(rows));
    }

    private void query(String sql, String message) throws IOException, InterruptedException {
        browser.run(
                "document.getElementById('query-message').textContent = '';"
                        + "document.getElementById('sql').value = arguments[0];"
                        + "document.getElementById('query').requestSubmit();",
                sql);
        Awaitility.await().until(() -> text("#query-message").equals(message));
    }

    private String text(String selector) throws IOException, InterruptedException {
        return String.join("\n", texts(selector));
    }

    private List<String> texts(String selector) throws IOException, InterruptedException {
        return list(browser.run(
                "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText ?? e.textContent)",
                selector));
    }

    private static List<String> list(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
