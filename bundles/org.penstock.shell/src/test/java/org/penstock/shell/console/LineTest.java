package org.penstock.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.shell.TestShell;

class LineTest {
    private TestShell shell;
    private CommandSession session;

    @BeforeEach
    void open() {
        shell = new TestShell();
        session = shell.processor()
                .createSession(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
    }

    @AfterEach
    void close() {
        session.close();
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "alter service RW filters=log|rewrite # {filters=log|rewrite}",
                "alter filter log match=^[a-z]+(x|y)$ # {match=^[a-z]+(x|y)$}",
                "alter filter log 'match=a b' replace='c d' # {match=a b, replace=c d}",
                "alter filter log m=10% n=$HOME o=*.log p=007 # {m=10%, n=$HOME, o=*.log, p=007}",
                "alter filter log m=it\\'s;x n=\"a'b\" # {m=it's;x, n=a'b}",
                "alter filter log m={a,b} n=!x o=~ p=a&b # {m={a,b}, n=!x, o=~, p=a&b}"
            })
    void shouldTakeValuesLiterally(String line, String parameters) throws Exception {
        shell.run(LiteralVerbs.rewrite(line.strip()));
        assertThat(shell.configuration.calls).hasSize(1);
        assertThat(shell.configuration.calls.get(0)).endsWith(parameters.strip());
    }

    @Test
    void shouldLeaveOtherLinesToGogo() {
        assertThat(LiteralVerbs.rewrite("list servers | grep x")).isEqualTo("list servers | grep x");
        assertThat(LiteralVerbs.rewrite("")).isEmpty();
    }

    @Test
    void shouldKeepSecretsFromTheLog() {
        assertThat(LiteralVerbs.redact("alter monitor M password=geheim monitorpw='a b' 'ssl_key=c d' user=x"))
                .isEqualTo("alter monitor M password=*** monitorpw=*** ssl_key=*** user=x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "l # lb |list |log ",
                "penstock:li # penstock:list ",
                "list se # servers |services |sessions ",
                "show server # server ",
                "show server  # s1 |s2 ",
                "show service R # 'Read Only' |RW ",
                "show service 'Re # 'Read Only' ",
                "set server s1 ma # maintenance |master ",
                "alter filter log  # filebase=|log_type=",
                "alter filter log filebase=x l # log_type=",
                "list servers | show listener  # L1 ",
                "help al # alter ",
                "call command echo  # say ",
                "reload dbusers R # 'Read Only' |RW ",
                "destroy mo # monitor ",
                "nonsense x # "
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void shouldCompleteWords(String buffer, String expected) {
        String line = buffer.substring(0, buffer.length() - 1);
        String words = expected.substring(1);
        assertThat(new Completion(shell.verbs).candidates(line, session))
                .isEqualTo(words.isEmpty() ? List.of() : List.of(words.split("\\|")));
    }
}
