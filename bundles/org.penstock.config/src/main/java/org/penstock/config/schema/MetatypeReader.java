package org.penstock.config.schema;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the files of {@code OSGI-INF}: metatype, and service properties of component descriptions. */
final class MetatypeReader {
    private final XMLInputFactory factory;

    MetatypeReader() {
        factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /** The object classes of a metatype file that a PID is designated to. */
    List<ObjectClass> classes(InputStream file) throws XMLStreamException {
        XMLStreamReader xml = factory.createXMLStreamReader(file);
        Map<String, ObjectClass> byId = new HashMap<>();
        List<ObjectClass> designated = new ArrayList<>();
        String pid = "";
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "OCD" -> {
                    String id = text(xml, "id");
                    byId.put(id, objectClass(xml));
                }
                case "Designate" -> {
                    String factoryPid = text(xml, "factoryPid");
                    pid = factoryPid.isEmpty() ? text(xml, "pid") : factoryPid;
                }
                case "Object" -> {
                    ObjectClass found = byId.get(text(xml, "ocdref"));
                    if (found != null) {
                        designated.add(new ObjectClass(pid, found.description(), found.attributes()));
                    }
                }
                default -> {
                    // icons and localization have no part in it
                }
            }
        }
        return designated;
    }

    private static ObjectClass objectClass(XMLStreamReader xml) throws XMLStreamException {
        String description = text(xml, "description");
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("OCD")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("AD")) {
                Attribute attribute = attribute(xml);
                attributes.put(attribute.id(), attribute);
            }
        }
        return new ObjectClass("", description, attributes);
    }

    private static Attribute attribute(XMLStreamReader xml) throws XMLStreamException {
        String id = text(xml, "id");
        Attribute.Type type = Attribute.Type.named(text(xml, "type"));
        String cardinality = text(xml, "cardinality");
        boolean list = !cardinality.isEmpty() && !cardinality.equals("0");
        String fallback = xml.getAttributeValue(null, "default");
        boolean mandatory = fallback == null && !text(xml, "required").equals("false");
        String description = text(xml, "description");
        long min = bound(xml, "min", Long.MIN_VALUE);
        long max = bound(xml, "max", Long.MAX_VALUE);
        return new Attribute(
                id,
                type,
                list,
                mandatory,
                description,
                fallback == null ? null : unescaped(fallback),
                min,
                max,
                options(xml));
    }

    /** Values of the options up to the end of the attribute. */
    private static List<String> options(XMLStreamReader xml) throws XMLStreamException {
        List<String> options = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("AD")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("Option")) {
                options.add(text(xml, "value"));
            }
        }
        return options;
    }

    /** Values of a component's service properties whose names are asked for. */
    Map<String, List<String>> properties(InputStream component, List<String> names) throws XMLStreamException {
        XMLStreamReader xml = factory.createXMLStreamReader(component);
        Map<String, List<String>> found = new HashMap<>();
        while (xml.hasNext()) {
            boolean property = xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("property");
            if (property && names.contains(text(xml, "name"))) {
                String name = text(xml, "name");
                String single = xml.getAttributeValue(null, "value");
                String all = Objects.requireNonNullElseGet(single, () -> content(xml));
                found.computeIfAbsent(name, key -> new ArrayList<>())
                        .addAll(all.lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList());
            }
        }
        return found;
    }

    private static String content(XMLStreamReader xml) {
        try {
            return xml.getElementText();
        } catch (XMLStreamException e) {
            return "";
        }
    }

    private static long bound(XMLStreamReader xml, String name, long otherwise) {
        String text = xml.getAttributeValue(null, name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Metatype puts a backslash before commas, backslashes and spaces of defaults. */
    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    private static String text(XMLStreamReader xml, String name) {
        @Nullable String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
