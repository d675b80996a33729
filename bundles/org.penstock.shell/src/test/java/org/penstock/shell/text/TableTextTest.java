package org.penstock.shell.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.penstock.api.admin.Details;
import org.penstock.api.admin.Table;

class TableTextTest {
    private static final Table TABLE = new Table(
            List.of("Server", "Port", "Status"),
            List.of(List.of("s1", "3306", "Master, Running"), List.of("second", "13307", "Down")));

    @Test
    void shouldAlignColumns() {
        assertThat(TableText.of(TABLE, OutputForm.PLAIN))
                .isEqualTo(
                        """
                        Server |  Port | Status
                        -------+-------+----------------
                        s1     |  3306 | Master, Running
                        second | 13307 | Down""");
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminal() {
        Table bad = new Table(List.of("A"), List.of(List.of("x\u001b[31m\ty")));
        assertThat(TableText.of(bad, OutputForm.PLAIN)).endsWith("x [31m y");
        assertThat(TableText.of(bad, OutputForm.TSV)).isEqualTo("A\nx [31m y");
        assertThat(TableText.of(bad, OutputForm.JSON)).isEqualTo("[{\"A\": \"x\\u001b[31m\\ty\"}]");
    }

    @Test
    void shouldWriteDetails() {
        Details details = new Details(
                "server s1",
                List.of(new Details.Entry("Address", "::1"), new Details.Entry("Up", "yes\nsince noon")),
                List.of(new Details.Section("Pool", new Table(List.of("Loop"), List.of(List.of("1"))))));
        assertThat(DetailsText.of(details, OutputForm.PLAIN))
                .isEqualTo(
                        "server s1\n  Address: ::1\n  Up:      yes\n           since noon\n\nPool\n  Loop\n  ----\n     1");
        assertThat(DetailsText.of(details, OutputForm.TSV)).isEqualTo("Address\t::1\nUp\tyes since noon\n\nLoop\n1");
        assertThat(DetailsText.of(details, OutputForm.JSON))
                .isEqualTo("{\"Address\": \"::1\", \"Up\": \"yes\\nsince noon\", \"Pool\": [{\"Loop\": \"1\"}]}");
    }

    @Test
    void shouldFindTheNearestWord() {
        List<String> words = List.of("list", "show", "alter");
        assertThat(NearestWord.of("lsit", words)).contains("list");
        assertThat(NearestWord.of("shw", words)).contains("show");
        assertThat(NearestWord.of("frobnicate", words)).isEqualTo(Optional.empty());
    }
}
