# Sourced by run and profile: compiles what is newer than the classes, and lets the processes have as many descriptors as the system allows.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if [ ! -e target/classes.stamp ] || [ -n "$(find src/main pom.xml -newer target/classes.stamp -print -quit)" ]; then
    mkdir -p target
    touch target/classes.next
    mvn -q -B -Dquick compile >&2
    mv target/classes.next target/classes.stamp
fi
ulimit -n "$(ulimit -H -n)"
