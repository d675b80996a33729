package org.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the module author's guide compiles without warnings, and its test passes. */
class AuthorGuideTest {
    private static final Path GUIDE = Path.of("../../docs/module-author-guide.md");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:final )?(?:class|@interface|record) (\\w+)", Pattern.MULTILINE);

    @TempDir
    Path directory;

    @Test
    void shouldCompileAndPassItsOwnTest() throws Exception {
        List<Path> sources = sources();
        assertThat(sources).hasSize(4);
        StringWriter messages = new StringWriter();
        assertThat(compile(sources, messages)).as(messages.toString()).isTrue();

        URL[] classes = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            assertThat(tests(loader.loadClass("org.example.filter.tag.TagFilterTest")))
                    .isEqualTo(1);
        }
    }

    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
        while (blocks.find()) {
            Matcher type = TYPE.matcher(blocks.group(1));
            assertThat(type.find()).as(blocks.group(1)).isTrue();
            sources.add(Files.writeString(directory.resolve(type.group(1) + ".java"), blocks.group(1)));
        }
        return sources;
    }

    private boolean compile(List<Path> sources, Writer messages) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    directory.toString(),
                    "-proc:none",
                    "-Xlint:all,-classfile,-serial,-options",
                    "-Werror",
                    "-classpath",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            return compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
    }

    private static int tests(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        int run = 0;
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                method.setAccessible(true);
                method.invoke(constructor.newInstance());
                run++;
            }
        }
        return run;
    }
}
