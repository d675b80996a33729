#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154
# Clients keep a ledger through readwritesplit for minutes while replicas are killed, paused, lagged and restarted (LedgerIT, longer).
# LEDGER_SCENES='replicas primary' also kills, pauses and switches over the primary: that scene's own switchover still fails at times (a server does not reach
# the position of the former primary), so it says nothing yet unless it passes.
# seconds: 400
readonly seconds=${LEDGER_SECONDS:-100} seed=${LEDGER_SEED:-$RANDOM}
itests=$(cd -- "$EXTRA_HOME/.." && pwd -P)
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
[ -d "$itests/target/test-classes/org/penstock/itests/ledger" ] || fatal 'the integration tests are compiled; run mvn verify first'

class_path=$itests/target/test-classes:$(find "$itests/../runtime/org.penstock.servers/target" -maxdepth 1 -name 'org.penstock.servers-*.jar' | head -n 1)
for artifact in org/mariadb/jdbc/mariadb-java-client org/assertj/assertj-core net/bytebuddy/byte-buddy org/slf4j/slf4j-api; do
    jar=$(find "$repository/$artifact" -name "${artifact##*/}-*.jar" 2>/dev/null | sort -V | tail -n 1)
    [ -n "$jar" ] || fatal "$artifact is in $repository; run mvn verify first"
    class_path+=:$jar
done

for scene in ${LEDGER_SCENES:-replicas}; do
    if "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dpenstock.home="$PENSTOCK_HOME" -cp "$class_path" org.penstock.itests.ledger.LedgerMain "$PWD/ledger-$scene" \
        "$scene" "$seconds" "$seed" >"ledger-$scene.log" 2>&1; then
        ok "$(grep '^Ledger:' "ledger-$scene.log")"
    else
        failed "the ledger, $scene, seed $seed" "$(grep -A 60 -m 1 -E 'Exception in thread|AssertionError' "ledger-$scene.log")"
    fi
done
