# shellcheck shell=bash
# What the parts of client suites use: comparing a suite's results straight at the server with those through Penstock.

# compare_results WHAT DIRECT THROUGH EXPECTED: files of lines "name result"; EXPECTED has lines "name: why it may differ", and comments.
# A test that differs and is not listed fails the part; one that is listed and does not differ is named, so that the list stays short.
compare_results() {
    local what=$1 unexpected listed idle
    awk 'FILENAME == ARGV[1] { direct[$1] = $2; next } { through[$1] = $2 }
        END {
            for (name in direct) if (direct[name] != through[name]) print name, direct[name], "-> " (name in through ? through[name] : "absent")
            for (name in through) if (!(name in direct)) print name, "absent ->", through[name]
        }' "$2" "$3" | sort >"$2.differences"
    sed -n 's/^\([^#: ][^:]*\):.*/\1/p' "$4" | sort >"$2.listed"
    unexpected=$(awk 'FILENAME == ARGV[1] { listed[$1]; next } !($1 in listed)' "$2.listed" "$2.differences")
    listed=$(awk 'FILENAME == ARGV[1] { listed[$1]; next } $1 in listed' "$2.listed" "$2.differences" | wc -l)
    idle=$(awk 'FILENAME == ARGV[1] { differs[$1]; next } !($1 in differs)' "$2.differences" "$2.listed" | paste -sd' ')
    same "$what: $(wc -l <"$2") tests give the same through Penstock, but for $listed that are listed" '' "$unexpected"
    [ -z "$idle" ] || echo "listed as different, but the same: $idle"
}
