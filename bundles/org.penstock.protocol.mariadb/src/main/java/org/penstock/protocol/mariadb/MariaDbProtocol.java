package org.penstock.protocol.mariadb;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.command.Payload;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.Protocol;
import org.penstock.api.protocol.ServerLogin;
import org.penstock.api.protocol.ServerLoginRequest;

/** The protocol of MariaDB and MySQL, with MariaDB's extended capabilities. */
@Component(
        service = Protocol.class,
        property = {
            "penstock.protocol=MySQLClient",
            "penstock.protocol=MySQLBackend",
            "penstock.protocol=mariadbclient",
            "penstock.protocol=mariadbbackend",
            "penstock.protocol=mariadb",
            "penstock.protocol=mariadbprotocol",
            "penstock.protocol=mysql"
        })
public final class MariaDbProtocol implements Protocol {
    private static final Set<String> NAMES = names(
            "MySQLClient", "MySQLBackend", "mariadbclient", "mariadbbackend", "mariadb", "mariadbprotocol", "mysql");

    @Override
    public Set<String> names() {
        return NAMES;
    }

    @Override
    public ClientLogin clientLogin(ClientLoginRequest request) {
        return new NewClientLogin(request);
    }

    @Override
    public ClientLogin changeUser(ClientLoginRequest request, Payload command) {
        return new ChangeUserClientLogin(request, command.bytes());
    }

    @Override
    public ServerLogin serverLogin(ServerLoginRequest request) {
        return new NewServerLogin(request);
    }

    @Override
    public ServerLogin changeUser(ServerLoginRequest request, Greeting greeting) {
        return new ChangeUserServerLogin(request, greeting);
    }

    private static Set<String> names(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return Collections.unmodifiableSet(set);
    }
}
