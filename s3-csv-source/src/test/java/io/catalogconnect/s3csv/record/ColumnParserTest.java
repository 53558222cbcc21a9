package io.catalogconnect.s3csv.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnParserTest {

    @Test
    void columnsAreFormattedAsTheyAreParsed() {
        String columns = "a:string,b:int32?,c:decimal(10,2),d:date(dd.MM.yyyy)?,e:timestamp(yyyy-MM-dd"
                + " HH:mm:ss;Europe/Berlin),f:bytes,g:float64,h:boolean,i:date,j:timestamp,k:decimal(10,2;de-DE;€)?,"
                + "l:int64(fr-FR),m:boolean(yes/no;1/0),n:date(iso|epoch-s;Europe/Berlin),o:timestamp(iso;Europe/Berlin),"
                + "\"p, or (q\":string,\"r:s\":int64?,\"say \"\"t\"\"\":string";

        assertThat(String.join(
                        ",",
                        ColumnParser.parse(columns).stream()
                                .map(Column::toString)
                                .toList()))
                .isEqualTo(columns);
    }

    @Test
    void quotedNamesContainAnyCharacter() {
        List<Column> columns =
                ColumnParser.parse(" \"unit, price\" : decimal(10,2;de-DE)? ,\"at: day\":date,\" \"\"x\"\"\":string");

        assertThat(columns).extracting(Column::name).containsExactly("unit, price", "at: day", " \"x\"");
        assertThat(columns).extracting(Column::nullable).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "a:string               | '"a:string' has a quote that never closes
            "a" b:string            | '"a" b:string' does not have the form name:type or name:type?
            "a"                     | '"a"' does not have the form name:type or name:type?
            a:decimal(10,2;x1)      | 'a:decimal(10,2;x1)': 'x1' is neither a locale such as de-DE (at most one) nor a currency sign such as €
            a:int64(de-DE;fr-FR)    | 'a:int64(de-DE;fr-FR)': 'fr-FR' is neither a locale such as de-DE (at most one) nor a currency sign such as €
            a:int64(xx-QQ)          | 'a:int64(xx-QQ)': the locale 'xx-QQ' is not known to this Java runtime, or writes other digits than 0 to 9
            a:int64(ar-EG)          | 'a:int64(ar-EG)': the locale 'ar-EG' is not known to this Java runtime, or writes other digits than 0 to 9
            a:int64()               | 'a:int64()': '' is neither a locale such as de-DE (at most one) nor a currency sign such as €
            a:boolean(yes)          | 'a:boolean(yes)': 'yes' is not a pair of words for true and false such as yes/no
            a:boolean(1/0;Y/1)      | 'a:boolean(1/0;Y/1)': '1' is declared twice
            a:date(epoch-s;Nowhere) | 'a:date(epoch-s;Nowhere)': Unknown time-zone ID: Nowhere
            """)
    void invalidDeclarationIsReported(String columns, String message) {
        assertThatThrownBy(() -> ColumnParser.parse(columns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
