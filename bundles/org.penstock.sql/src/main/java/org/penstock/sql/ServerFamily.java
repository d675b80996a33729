package org.penstock.sql;

/** The two families of servers, which differ in words, functions and executable comments. */
public enum ServerFamily {
    MARIADB,
    MYSQL
}
