#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154
# Any bytes in logins, commands and servers' replies: Jazzer, coverage-guided; no exception, no leak.
# seconds: 400
#
# Each test makes inputs for half a minute. Environment: FUZZ_ROUNDS repeats that, with what was found kept in between (120 rounds run for about an hour and a
# test); FUZZ_TESTS names tests; FUZZ_CORPUS another directory for the inputs that reached new code than one of the run. For hours by hand:
#
#   EXTRA_KEEP=1 FUZZ_ROUNDS=600 EXTRA_SECONDS=86400 itests/extra/run 70
#
# An input that fails a test is printed and kept: put it under bundles/org.penstock.core/src/test/resources, in the folder that the report names.
root=$(cd -- "$EXTRA_HOME/../.." && pwd -P)
classpath=$PWD/classpath
corpus=${FUZZ_CORPUS:-$PWD/corpus}
mkdir -p "$corpus"
(cd "$root" && mvn -q -B -ntp -Dquick -pl bundles/org.penstock.core -am test-compile \
    dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath >"$classpath.log" 2>&1) ||
    fatal 'the tests of the core cannot be compiled' "$(tail -n 20 "$classpath.log")"
core=$root/bundles/org.penstock.core/target
path="$core/test-classes:$core/classes:$(cat "$core/fuzz.classpath")"

fuzzed() {
    JAZZER_FUZZ=1 java -Dio.netty.leakDetection.level=paranoid -Dlogback.configurationFile="$PWD/logback.xml" -cp "$path" \
        org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree \
        --select-method="$1(com.code_intelligence.jazzer.api.FuzzedDataProvider)"
}

echo '<configuration/>' >logback.xml
tests=${FUZZ_TESTS:-$(cd "$root/bundles/org.penstock.core/src/test/java" && grep -rl '@FuzzTest' . | sort | while read -r file; do
    class=${file#./}
    class=${class%.java}
    grep -A 1 '@FuzzTest' "$file" | sed -n "s|^ *void \([A-Za-z]*\)(.*|${class//\//.}#\1|p"
done)}
[ -n "$tests" ] || fatal 'no fuzz test was found'
for round in $(seq 1 "${FUZZ_ROUNDS:-1}"); do
    for test in $tests; do
        if (cd "$corpus" && fuzzed "$test") >"fuzz.log" 2>&1 && grep -q 'Fuzzing\.\.\.' fuzz.log; then
            ok "round $round: ${test##*.}: $(sed -n 's/^Done \([0-9]*\) runs.*/\1 inputs/p' fuzz.log)"
        else
            failed "round $round: $test" "$(grep -v '^INFO\|^#[0-9]' fuzz.log | tail -n 40)"
        fi
    done
done
