#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154
# The classifier against a real read-only server: a sample of the server's own tests; no write taken for a read, no session change missed.
# packages: mariadb-test-data
# seconds: 300
#
# Environment: ORACLE_EVERY 1 judges all files of the corpus instead of each 37th, ORACLE_FROM begins with another one (some files, such as gis.test, hold more than
# 3 % of SELECTs that stay with the primary: they call stored functions, or POINT and its kin), ORACLE_CORPUS another directory.
#
#   EXTRA_SECONDS=7200 ORACLE_EVERY=1 itests/extra/run 80
root=$(cd -- "$EXTRA_HOME/../.." && pwd -P)
corpus=${ORACLE_CORPUS:-/usr/share/mysql/mysql-test/main}
start_mariadb judge --log-bin-trust-function-creators=1 --character-set-server=latin1
version=$(root_sql judge "SELECT CONCAT(SUBSTRING_INDEX(v, '.', 1), LPAD(SUBSTRING_INDEX(SUBSTRING_INDEX(v, '.', 2), '.', -1), 2, '0'),
    LPAD(SUBSTRING_INDEX(v, '.', -1), 2, '0')) FROM (SELECT SUBSTRING_INDEX(VERSION(), '-', 1) AS v) q")
if (cd "$root" && timeout "${EXTRA_SECONDS:-280}" mvn -B -ntp -Dquick -pl bundles/org.penstock.sql -am test -Dtest=OracleCorpus \
    -Dsurefire.failIfNoSpecifiedTests=false -Dcorpus="$corpus" -Dcorpus.every="${ORACLE_EVERY:-37}" -Dcorpus.from="${ORACLE_FROM:-0}" \
    -Doracle.port="$judge_PORT" -Doracle.user=tester -Doracle.password=secret -Doracle.version="$version") >oracle.log 2>&1; then
    ok "$(grep ' statements: ' oracle.log)"
else
    failed "the oracle over $corpus" "$(grep -E ' statements: |^(unsafe|missed|kept) |ERROR' oracle.log)"
fi
judged=$(sed -n 's/^\([0-9]*\) statements: .*/\1/p' oracle.log)
if [ "${judged:-0}" -ge 500 ]; then
    ok 'enough statements were judged'
else
    failed 'enough statements were judged' "${judged:-none}"
fi
