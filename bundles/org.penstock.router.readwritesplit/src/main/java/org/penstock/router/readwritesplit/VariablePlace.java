package org.penstock.router.readwritesplit;

/** Where user variables are read and set within SELECT; the words are those of the configuration. */
enum VariablePlace {
    MASTER,
    ALL
}
