package io.catalogconnect.s3csv.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderLineTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a;b         | a,b
            a,1;"b"     | "a,1",""\"b""\"
            a;          | a,
            ;           | ,
            ``          | ""
            ` a ;b`     | ` a ,b`
            \uFEFFé;😀 | \uFEFFé,😀
            `a\nb;c\rd` | `"a\nb","c\rd"`
            #a;b        | #a,b
            """)
    void namesAreOneLineAndAreReadBack(String names, String line) {
        List<String> list = List.of(names.split(";", -1));

        assertThat(HeaderLine.encode(list)).isEqualTo(line);
        assertThat(HeaderLine.decode(line)).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"a", "\"a\"b,c", "a\nb"})
    void otherTextIsRefused(String line) {
        assertThatThrownBy(() -> HeaderLine.decode(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hdr is not one line of CSV: '" + line.replace("\n", "\\n") + "'");
    }
}
