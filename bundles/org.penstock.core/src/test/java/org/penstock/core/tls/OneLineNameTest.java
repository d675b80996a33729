package org.penstock.core.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected names are what {@code openssl x509 -nameopt compat -subject} prints. */
class OneLineNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=client                         | /CN=client",
                "CN=client,O=Example\\, Inc.,C=FI   | /C=FI/O=Example, Inc./CN=client",
                "CN=a/b\\=c,OU=One+L=Two,ST=x       | /ST=x/L=Two+OU=One/CN=a/b=c",
                "CN=K\u00e4the                     | /CN=K\\xC3\\xA4the",
                "UID=u,DC=example,DC=com           | /DC=com/DC=example/UID=u",
                "1.2.840.113549.1.9.1=#160161,CN=x | /CN=x/emailAddress=a",
                "1.2.3.4.56789=#0c0179,2.999.3=#0c017a  | /2.999.3=z/1.2.3.4.56789=y",
                "CN=#1e0400610062                  | /CN=\\x00a\\x00b"
            })
    void shouldWriteNamesAsServersCompareThem(String rfc2253, String line) {
        assertThat(OneLineName.of(new X500Principal(rfc2253))).isEqualTo(line);
    }

    @Test
    void shouldReadLongValuesAndKnowTheirTypes() {
        String longest = "x".repeat(300);
        X500Principal name = new X500Principal(
                "T=Dr,GIVENNAME=G,SURNAME=S,SERIALNUMBER=1,STREET=Road,CN=" + longest, Map.of("T", "2.5.4.12"));
        assertThat(OneLineName.of(name)).isEqualTo("/CN=" + longest + "/street=Road/serialNumber=1/SN=S/GN=G/title=Dr");
    }

    @Test
    void shouldMeanANameInEitherLibrarysForm() {
        X500Principal name = new X500Principal("CN=K\u00e4the,C=FI");
        assertThat(OneLineName.matches("/C=FI/CN=K\\xC3\\xA4the", name)).isTrue();
        assertThat(OneLineName.matches("/C=FI/CN=K\u00e4the", name)).isTrue();
        assertThat(OneLineName.matches("/C=FI/CN=Kathe", name)).isFalse();
        X500Principal two = new X500Principal("OU=One+L=Two,C=FI");
        assertThat(OneLineName.matches("/C=FI/L=Two/OU=One", two)).isTrue();
        assertThat(OneLineName.matches("/C=FI/L=Two+OU=One", two)).isTrue();
        assertThat(OneLineName.matches("/CN=K\u00e4the/C=FI", name)).isFalse();
    }

    @Test
    void shouldWriteNothingForAnEmptyName() {
        assertThat(OneLineName.of(new X500Principal(""))).isEmpty();
    }
}
