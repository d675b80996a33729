package ch.qos.logback.fake;

/** What a console appender does, from a package of Logback. */
public final class FakeAppender {
    private FakeAppender() {}

    public static void append(String line) {
        System.out.println(line);
        System.err.println(line);
    }
}
