package org.penstock.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.config.check.Checks.BASE;
import static org.penstock.config.check.Checks.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.penstock.config.TestSchema;
import org.penstock.config.ini.IniSection;
import org.penstock.config.schema.Kind;

class ConfigurationCheckTest {
    private static ConfiguredObject object(CheckedConfiguration checked, Kind kind, String name) {
        return checked.objects().stream()
                .filter(object -> object.id().equals(new ConfiguredObject.Id(kind, name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldMakeObjectsOfWholeConfiguration() {
        CheckedConfiguration checked = check("[MaxScale]\nthreads=auto\n" + BASE);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.objects())
                .extracting(ConfiguredObject::pid)
                .containsExactly(
                        "org.penstock.global",
                        "org.penstock.server",
                        "org.penstock.monitor.mysqlmon",
                        "org.penstock.service",
                        "org.penstock.router.readconnroute",
                        "org.penstock.listener");
        ConfiguredObject service = object(checked, Kind.SERVICE, "S");
        assertThat(service.properties())
                .containsEntry("name", "S")
                .containsEntry("router", "readconnroute")
                .containsEntry("servers", new String[] {"server1"});
        assertThat(object(checked, Kind.LISTENER, "L").properties()).containsEntry("port", 4006);
    }

    @Test
    void shouldGiveOtherKeysOfServiceToItsRouter() {
        CheckedConfiguration checked = check(BASE.replace(
                "router=readconnroute",
                "router=ReadConnRoute\nenable_root_user=yes\nweightby=w\nrouter_options=slave,master_accept_reads=no"));
        assertThat(checked.problems()).isEmpty();
        ConfiguredObject router = object(checked, Kind.ROUTER, "S");
        assertThat(router.module()).isEqualTo("readconnroute");
        assertThat(router.properties())
                .containsOnly(
                        Map.entry("router_options", "slave"),
                        Map.entry("weightby", "w"),
                        Map.entry("master_accept_reads", false));
        assertThat(object(checked, Kind.SERVICE, "S").properties()).containsEntry("enable_root_user", true);
    }

    @Test
    void shouldAcceptNamesOfOtherVersions() {
        CheckedConfiguration checked = check("[gateway]\nusers_refresh_time=-1\n"
                + BASE.replace("mysqlmon", "mariadbmon")
                        .replace("password=maxpwd", "passwd=maxpwd")
                        .replace("MySQLClient", "mariadbclient"));
        assertThat(checked.problems()).isEmpty();
        assertThat(object(checked, Kind.MONITOR, "M").properties())
                .containsEntry("password", "maxpwd")
                .doesNotContainKey("passwd");
        assertThat(checked.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "p.cnf:21: [L] protocol: protocol module mariadbclient is not installed; it is waited for");
    }

    @Test
    void shouldSplitFilters() {
        CheckedConfiguration checked = check(BASE.replace(
                "[L]",
                "filters=A | B C\n[A]\ntype=filter\nmodule=maxrows\n[B C]\n"
                        + "type=filter\nmodule=qlafilter\nfilebase=/tmp/x\n[L]"));
        assertThat(checked.problems()).isEmpty();
        assertThat(object(checked, Kind.SERVICE, "S").properties()).containsEntry("filters", new String[] {"A", "B C"});
    }

    @Test
    void shouldKeepCustomParametersOfServers() {
        CheckedConfiguration checked = check(BASE.replace("address=", "serv_weight=3\npriorty=1\nprot=1\naddress="));
        assertThat(checked.problems()).isEmpty();
        assertThat(object(checked, Kind.SERVER, "server1").properties()).containsEntry("serv_weight", "3");
        assertThat(checked.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "p.cnf:5: [server1] prot: is kept as a custom parameter of the server; did you mean port?");
    }

    @Test
    void shouldWaitForKnownModulesThatAreNotInstalled() {
        CheckedConfiguration checked = check(BASE.replace("readconnroute", "schemarouter\nrefresh_interval=1"));
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.waiting())
                .extracting(CheckedConfiguration.Waiting::toString)
                .containsExactly("router of service 'S' waits for module schemarouter, which is not installed");
        assertThat(checked.warnings())
                .extracting(Problem::toString)
                .containsExactly("p.cnf:12: [S] router: router module schemarouter is not installed; it is waited for");
        assertThat(checked.objects()).noneMatch(object -> object.kind() == Kind.ROUTER);
    }

    @Test
    void shouldWarnOfParametersWithoutEffect() {
        CheckedConfiguration checked = check("[maxscale]\nsyslog=1\n[feedback]\nfeedback_enable=1\n" + BASE);
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "p.cnf:2: [maxscale] syslog: has no effect: see conf/logback.xml",
                        "p.cnf:3: [feedback] has no effect: there is no notification service");
    }

    @Test
    void shouldLetPersistedSectionOverride() {
        CheckedConfiguration checked =
                check(BASE, "[L]\ntype=listener\nservice=S\nport=5006\n", TestSchema.all(), Map.of());
        assertThat(checked.problems()).isEmpty();
        assertThat(object(checked, Kind.LISTENER, "L").properties()).containsEntry("port", 5006);
        assertThat(checked.warnings())
                .extracting(Problem::toString)
                .containsExactly("p.cnf:16: [L] is overridden by config.d/x.cnf:1, a change made at run time");
    }

    @Test
    void shouldSubstituteEnvironmentWhenAsked() {
        String text = BASE.replace("4006", "$PORT").replace("maxpwd", "$$x");
        CheckedConfiguration checked =
                check("[maxscale]\nsubstitute_variables=true\n" + text, "", TestSchema.all(), Map.of("PORT", "4711"));
        assertThat(checked.problems()).isEmpty();
        assertThat(object(checked, Kind.LISTENER, "L").properties()).containsEntry("port", 4711);
        assertThat(object(checked, Kind.MONITOR, "M").properties()).containsEntry("password", "$$x");
        IniSection written = checked.sections().get(new ConfiguredObject.Id(Kind.LISTENER, "L"));
        assertThat(written).extracting(section -> section.text("port")).isEqualTo("$PORT");
        assertThat(check("[maxscale]\nsubstitute_variables=on\n" + text).problems())
                .extracting(Problem::toString)
                .containsExactly("p.cnf:22: [L] port: environment variable PORT is not set");
        assertThat(check(text).problems())
                .extracting(Problem::toString)
                .containsExactly("p.cnf:20: [L] port: expected a whole number from 1 to 65535, got '$PORT'");
    }

    private static Arguments mistake(String from, String to, String... expected) {
        return Arguments.of(from, to, Arrays.asList(expected));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "type=listener",
                        "type=listner",
                        "17: [L] type: expected one of server, service, listener, filter, monitor, got 'listner'; did you mean listener?"),
                mistake(
                        "type=listener\n",
                        "",
                        "16: [L] type: mandatory parameter is missing; expected one of server, service, listener, filter, monitor"),
                mistake(
                        "servers=server1\nuser=maxuser\npassword=maxpwd\n[L]",
                        "servres=server1\nservers=server1\nuser=maxuser\npassword=maxpwd\n[L]",
                        "13: [S] servres: unknown parameter; did you mean servers?"),
                mistake(
                        "[L]",
                        "conection_timeout=3\n[L]",
                        "16: [S] conection_timeout: unknown parameter; did you mean connection_timeout?"),
                mistake(
                        "[L]",
                        "connection_timeout=3 days\n[L]",
                        "16: [S] connection_timeout: expected a duration such as 500ms, 10s, 5m or 1h, got '3 days'"),
                mistake(
                        "[L]",
                        "connection_timeout=-3\n[L]",
                        "16: [S] connection_timeout: expected a duration such as 500ms, 10s, 5m or 1h, got '-3'"),
                mistake(
                        "[L]",
                        "enable_root_user=perhaps\n[L]",
                        "16: [S] enable_root_user: expected true, yes, on, 1 or false, no, off, 0, got 'perhaps'"),
                mistake(
                        "[L]",
                        "max_connections=many\n[L]",
                        "16: [S] max_connections: expected a whole number from 0 up, got 'many'"),
                mistake(
                        "router=readconnroute\n",
                        "",
                        "10: [S] router: mandatory parameter is missing; expected router module"),
                mistake(
                        "router=readconnroute",
                        "router=readconroute",
                        "12: [S] router: there is no router module 'readconroute'; did you mean readconnroute?"),
                mistake(
                        "module=mysqlmon",
                        "module=mysqlmonitor",
                        "6: [M] module: there is no monitor module 'mysqlmonitor'"),
                mistake(
                        "module=mysqlmon\n",
                        "",
                        "4: [M] module: mandatory parameter is missing; expected a monitor module"),
                mistake("service=S", "service=T", "18: [L] service: there is no service 'T'; did you mean S?"),
                mistake(
                        "service=S\n",
                        "",
                        "16: [L] service: mandatory parameter is missing; expected name of a service"),
                mistake(
                        "port=4006",
                        "port=70000",
                        "20: [L] port: expected a whole number from 1 to 65535, got '70000'"),
                mistake(
                        "port=4006\n",
                        "",
                        "16: [L] port: mandatory parameter is missing; expected a port, or a socket"),
                mistake(
                        "MySQLClient",
                        "MySQLClint",
                        "19: [L] protocol: there is no protocol module 'MySQLClint'; did you mean MySQLClient?"),
                mistake(
                        "address=127.0.0.1\n",
                        "",
                        "1: [server1] address: mandatory parameter is missing; expected host name or IP address, or a socket"),
                mistake(
                        "address=127.0.0.1",
                        "address=a\nsocket=/s",
                        "4: [server1] socket: expected either address or socket, not both"),
                mistake(
                        "address=127.0.0.1",
                        "address=a\nmonitoruser=u",
                        "1: [server1] monitorpw: mandatory parameter is missing; expected it, since monitoruser is given"),
                mistake("[L]", "[S]\ntype=service\n[L]", "16: [S] section is defined twice; first at p.cnf:10"),
                mistake(
                        "[L]",
                        "[K]\ntype=listener\nservice=S\nport=4006\n[L]",
                        "24: [L] port: port 4006 is taken by listener 'K' at p.cnf:19"),
                mistake(
                        "[L]",
                        "[N]\ntype=monitor\nmodule=mysqlmon\nuser=u\npassword=p\nservers=server1\n[L]",
                        "21: [N] servers: server1 is watched by monitor 'M' at p.cnf:7; a server has one monitor"),
                mistake(
                        "[L]",
                        "filters=Q\n[Q]\ntype=filter\nmodule=qlafilter\n[L]",
                        "17: [Q] filebase: mandatory parameter is missing; expected beginning of the file names"),
                mistake(
                        "[L]",
                        "filters=Log\n[Q]\ntype=filter\nmodule=maxrows\n[L]",
                        "16: [S] filters: there is no filter 'Log'"),
                mistake("[L]", "cluster=M\n[L]", "16: [S] cluster: expected only one of servers, cluster"),
                mistake(
                        "user=maxuser\npassword=maxpwd\n[L]",
                        "password=maxpwd\n[L]",
                        "10: [S] user: mandatory parameter is missing; expected the account that reads the accounts from the servers"),
                mistake(
                        "[L]",
                        "[maxscale]\ntreads=4\n[L]",
                        "17: [maxscale] treads: unknown parameter; did you mean threads?"),
                mistake(
                        "[L]",
                        "[maxscale]\n[MaxScale]\n[L]",
                        "17: [MaxScale] section is defined twice; first at p.cnf:16"),
                mistake(
                        "[server1]",
                        "nothing=1\n[server1]",
                        "1: nothing: expected a section such as [maxscale] before the first key"),
                mistake(
                        "port=4006",
                        "port=4006\nssl=required\nssl_key=k",
                        "16: [L] ssl_cert: mandatory parameter is missing; expected the file of the certificate, since ssl is on"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldReportEachMistakeOnceAndNothingElse(String from, String to, List<String> expected) {
        assertThat(BASE).contains(from);
        int at = from.startsWith("type") || from.startsWith("[") || from.startsWith("user")
                ? BASE.lastIndexOf(from)
                : BASE.indexOf(from);
        String text = BASE.substring(0, at) + to + BASE.substring(at + from.length());
        assertThat(check(text).problems())
                .extracting(Problem::toString)
                .isEqualTo(expected.stream().map(line -> "p.cnf:" + line).toList());
    }
}
