package io.catalogconnect.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.model.Contract;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class CatalogueTest {
    private static final String HOSTILE =
            "<script>alert(1)</script> <img src=x onerror='a'> [a](javascript:b) | **c** & \\u0007";

    @Test
    void committedPagesAreThoseOfTheShippedContracts() throws IOException {
        Map<String, String> files = Catalogue.files(
                List.of(ShippedContracts.contract("product-catalog"), ShippedContracts.contract("orders")));
        assertThat(files.keySet())
                .containsExactly(
                        "index.html",
                        "index.md",
                        "orders.html",
                        "orders.md",
                        "product-catalog.html",
                        "product-catalog.md");
        for (Map.Entry<String, String> file : files.entrySet()) {
            ShippedContracts.assertCommitted(Path.of("../docs/catalogue", file.getKey()), file.getValue());
        }
    }

    @Test
    void textsOfAContractAreOnlyText() throws Exception {
        Map<String, String> files = Catalogue.files(List.of(hostile()));
        Document page = parse(files.get("product-catalog.html"));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("<script>alert(1)</script> <img src=x");
        assertThat(files.get("product-catalog.md"))
                .doesNotContain("<script", "<img", "](javascript")
                .contains("&lt;script&gt;alert\\(1\\)&lt;/script&gt;", "\\[a\\]\\(javascript:b\\)", "\\*\\*c\\*\\*");
    }

    @Test
    void pagesAreWellFormedAndLinkToEachOther() throws Exception {
        Map<String, String> files = Catalogue.files(
                List.of(ShippedContracts.contract("product-catalog"), ShippedContracts.contract("orders")));
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().endsWith(".html")) {
                NodeList links = parse(file.getValue()).getElementsByTagName("a");
                assertThat(links.getLength()).isPositive();
                for (int i = 0; i < links.getLength(); i++) {
                    assertThat(files)
                            .containsKey(links.item(i)
                                    .getAttributes()
                                    .getNamedItem("href")
                                    .getNodeValue());
                }
            }
        }
    }

    @Test
    void statusIsShown() throws IOException {
        Contract deprecated =
                ShippedContracts.parse(ShippedContracts.text("orders").replace("status: active", "status: deprecated"));
        assertThat(Catalogue.files(List.of(deprecated)).get("orders.html"))
                .contains("<p class=\"notice\">This product is deprecated.");
        Contract draft =
                ShippedContracts.parse(ShippedContracts.text("orders").replace("status: active", "status: draft"));
        assertThat(Catalogue.files(List.of(draft)).get("orders.md"))
                .contains("> **This product is not released yet.**");
        Contract retired =
                ShippedContracts.parse(ShippedContracts.text("orders").replace("status: active", "status: retired"));
        assertThat(Catalogue.files(List.of(retired)).get("orders.md")).contains("> **This product is retired.");
    }

    private static Contract hostile() throws IOException {
        String quoted = "\"" + HOSTILE + "\"";
        return ShippedContracts.parse(ShippedContracts.text("product-catalog")
                .replaceAll("(?m)^( +)description: [^\"\\n{>][^\n]*$", "$1description: " + quoted.replace("\\", "\\\\"))
                .replace("usage: Analytics and product features inside the company.", "usage: " + quoted)
                .replace("name: Ada", "name: " + quoted)
                .replace("licence: internal", "licence: " + quoted)
                .replace("\"#catalog-data\"", quoted));
    }

    private static Document parse(@Nullable String page) throws Exception {
        String html = Objects.requireNonNull(page);
        String xml = html.replaceFirst("<!DOCTYPE html>\n", "");
        assertThat(xml).isNotEqualTo(html);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
