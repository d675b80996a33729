package org.penstock.router.readwritesplit;

/** What becomes of a session that has no primary; the words are those of the configuration. */
enum FailureMode {
    /** It ends, and new ones are refused. */
    FAIL_INSTANTLY,
    /** It goes on until it writes. */
    FAIL_ON_WRITE,
    /** It goes on, writes are refused. */
    ERROR_ON_WRITE
}
