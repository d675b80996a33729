package org.penstock.wire.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.penstock.wire.ByteSource;
import org.penstock.wire.CodecException;
import org.penstock.wire.proxy.ProxyHeaderDecoder.Found;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static InetSocketAddress at(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    private static Found decode(byte[] bytes) {
        return ProxyHeaderDecoder.decode(ByteSource.of(bytes));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void shouldWriteBothVersions() throws Exception {
        ProxyHeader four = ProxyHeader.of(at("192.0.2.1", 56324), at("192.0.2.2", 3306));
        assertThat(four.version1()).isEqualTo(ascii("PROXY TCP4 192.0.2.1 192.0.2.2 56324 3306\r\n"));
        assertThat(four.version2()).isEqualTo(hex(SIGNATURE + "2111000cc0000201c0000202dc040cea"));
        ProxyHeader six = ProxyHeader.of(at("2001:db8::1", 1), at("2001:db8::2", 65535));
        assertThat(six.version1()).isEqualTo(ascii("PROXY TCP6 2001:db8:0:0:0:0:0:1 2001:db8:0:0:0:0:0:2 1 65535\r\n"));
        assertThat(six.version2())
                .isEqualTo(hex(SIGNATURE + "21210024" + "20010db8000000000000000000000001"
                        + "20010db8000000000000000000000002" + "0001ffff"));
    }

    @Test
    void shouldSayNothingOfAConnectionWithoutAddresses() throws Exception {
        assertThat(ProxyHeader.of(null, null).version1()).isEqualTo(ascii("PROXY UNKNOWN\r\n"));
        assertThat(ProxyHeader.of(at("192.0.2.1", 1), at("2001:db8::1", 2))).isEqualTo(ProxyHeader.LOCAL);
        assertThat(ProxyHeader.LOCAL.version2()).isEqualTo(hex(SIGNATURE + "20000000"));
    }

    @Test
    void shouldReadWhatItWritesByteByByteAndWithMoreBehindIt() throws Exception {
        for (ProxyHeader header : List.of(
                ProxyHeader.LOCAL,
                ProxyHeader.of(at("10.1.2.3", 0), at("255.255.255.255", 65535)),
                ProxyHeader.of(at("2001:db8::1", 1), at("::1", 2)))) {
            for (byte[] bytes : List.of(header.version1(), header.version2())) {
                for (int length = 0; length < bytes.length; length++) {
                    assertThat(decode(Arrays.copyOf(bytes, length))).isInstanceOf(Found.Part.class);
                }
                for (int more = 0; more < 3; more++) {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
                    assertThat(decode(longer)).isEqualTo(new Found.Header(header, bytes.length));
                }
            }
        }
    }

    @Test
    void shouldSkipExtensionsAndUnknownFamilies() throws Exception {
        ProxyHeader expected = ProxyHeader.of(at("192.0.2.1", 56324), at("192.0.2.2", 3306));
        byte[] extended = hex(SIGNATURE + "21110011c0000201c0000202dc040cea" + "0400020102");
        assertThat(decode(extended)).isEqualTo(new Found.Header(expected, extended.length));
        byte[] unix = hex(SIGNATURE + "213100d8" + "00".repeat(216));
        assertThat(decode(unix)).isEqualTo(new Found.Header(ProxyHeader.LOCAL, unix.length));
        assertThat(decode(hex(SIGNATURE + "2000000401020304"))).isEqualTo(new Found.Header(ProxyHeader.LOCAL, 20));
        assertThat(decode(ascii("PROXY UNKNOWN ffff:f... whatever 1\r\n"))).isInstanceOf(Found.Header.class);
    }

    @Test
    void shouldLeaveOtherBytesAlone() {
        assertThat(decode(hex("2000000185a6"))).isInstanceOf(Found.Other.class);
        assertThat(decode(ascii("PROXX"))).isInstanceOf(Found.Other.class);
        assertThat(decode(hex("0d0a0d0a01"))).isInstanceOf(Found.Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324 3306 \r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 56324 65536\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 056 3306\r\n",
                "PROXY TCP4 192.0.2.256 192.0.2.2 1 2\r\n",
                "PROXY TCP4 192.0.2 192.0.2.2 1 2\r\n",
                "PROXY TCP4 localhost 192.0.2.2 1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n",
                "PROXY TCP6 ::1::2 ::1 1 2\r\n",
                "PROXY TCP6 abc: ::1 1 2\r\n",
                "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n",
                "PROXY \r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\rX",
                "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n\r\n",
            })
    void shouldRefuseABadLine(String line) {
        assertThatThrownBy(() -> decode(ascii(line)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("PROXY");
    }

    @Test
    void shouldRefuseALineWithoutAnEnd() {
        byte[] endless = ascii("PROXY " + "x".repeat(200));
        assertThat(decode(Arrays.copyOf(endless, ProxyHeaderDecoder.MAX_LINE - 1)))
                .isInstanceOf(Found.Part.class);
        assertThatThrownBy(() -> decode(endless))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("107");
        byte[] late = ascii("PROXY UNKNOWN " + "x".repeat(ProxyHeaderDecoder.MAX_LINE - 15) + "\r\n");
        assertThatThrownBy(() -> decode(late)).isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3111000c", "0111000c", "2211000c", "21110801", "2111000b", "21210023", "21110000"})
    void shouldRefuseABadBlock(String rest) {
        byte[] bytes = hex(SIGNATURE + rest + "00".repeat(64));
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("PROXY");
    }
}
