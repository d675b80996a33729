package org.penstock.shell.log;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The file of levels that conf/logback.xml includes and Logback watches: what is written here is in effect within seconds and stays over a restart.
 *
 * <p>Thread-safe. Other elements in the file are not kept.
 */
final class LogLevels {
    /** Logback looks every two seconds. */
    static final int SECONDS_TO_EFFECT = 4;

    private final Path file;

    LogLevels(Path file) {
        this.file = file;
    }

    /** Loggers with their levels, by name; {@code ROOT} for all others. */
    synchronized Map<String, String> read() throws IOException {
        return Files.exists(file) ? levels(file) : Map.of();
    }

    /** Levels in a file of Logback. */
    static Map<String, String> levels(Path file) throws IOException {
        Map<String, String> levels = new TreeMap<>();
        Element document = parse(Files.readString(file), file);
        NodeList loggers = document.getElementsByTagName("logger");
        for (int i = 0; i < loggers.getLength(); i++) {
            Element logger = (Element) loggers.item(i);
            levels.put(logger.getAttribute("name"), logger.getAttribute("level"));
        }
        NodeList roots = document.getElementsByTagName("root");
        for (int i = 0; i < roots.getLength(); i++) {
            levels.put("ROOT", ((Element) roots.item(i)).getAttribute("level"));
        }
        return levels;
    }

    private static Element parse(String text, Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default handler writes to standard error.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Replaces the file with these levels. */
    synchronized void write(Map<String, String> levels) throws IOException {
        StringBuilder xml = new StringBuilder("<included>\n");
        new TreeMap<>(levels).forEach((name, level) -> xml.append(element(name, level)));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, xml.append("</included>\n"));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String element(String name, String level) {
        return name.equals("ROOT")
                ? "  <root level=\"" + level + "\" />\n"
                : "  <logger name=\"" + name + "\" level=\"" + level + "\" />\n";
    }

    /** Makes Logback read its configuration, and so open its files, again. */
    synchronized void touch() throws IOException {
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } else {
            write(Map.of());
        }
    }
}
