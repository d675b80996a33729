package org.penstock.config.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.penstock.config.TestSchema;
import org.penstock.config.ini.IniFile;
import org.penstock.config.ini.IniParser;
import org.penstock.config.schema.Schema;

/** Checks of texts. */
final class Checks {
    /** What every whole configuration of these tests has: a server, a monitor, a service and a listener, in 20 lines. */
    static final String BASE =
            """
            [server1]
            type=server
            address=127.0.0.1
            [M]
            type=monitor
            module=mysqlmon
            servers=server1
            user=maxuser
            password=maxpwd
            [S]
            type=service
            router=readconnroute
            servers=server1
            user=maxuser
            password=maxpwd
            [L]
            type=listener
            service=S
            protocol=MySQLClient
            port=4006
            """;

    private Checks() {}

    static CheckedConfiguration check(String text) {
        return check(text, "", TestSchema.all(), Map.of());
    }

    static CheckedConfiguration check(String text, String persisted, Schema schema, Map<String, String> environment) {
        IniFile changes =
                persisted.isEmpty() ? new IniFile(List.of(), List.of()) : IniParser.parse("config.d/x.cnf", persisted);
        Sources sources = new Sources(IniParser.parse("p.cnf", text), changes, Path.of("config.d"));
        return ConfigurationCheck.check(sources, schema, environment::get);
    }
}
