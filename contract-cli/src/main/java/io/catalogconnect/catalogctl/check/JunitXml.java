package io.catalogconnect.catalogctl.check;

import io.catalogconnect.catalogctl.check.CheckResult.Verdict;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The results of checks in the XML format of JUnit, which build servers show. A warning is a test that passed, with its message. */
public final class JunitXml {
    private JunitXml() {}

    /**
     * Writes results as one suite of tests.
     *
     * @param suite name of the product and the environment
     */
    public static String of(String suite, List<CheckResult> results) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            attribute(xml, "name", suite);
            attribute(xml, "tests", String.valueOf(results.size()));
            attribute(xml, "failures", count(results, Verdict.FAILS));
            attribute(xml, "errors", count(results, Verdict.ERROR));
            attribute(xml, "skipped", count(results, Verdict.SKIPPED));
            for (CheckResult result : results) {
                xml.writeCharacters("\n  ");
                test(xml, result);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.append('\n').toString();
    }

    private static String count(List<CheckResult> results, Verdict verdict) {
        return String.valueOf(results.stream()
                .filter(result -> result.verdict() == verdict)
                .filter(result -> verdict == Verdict.SKIPPED || result.isFailure())
                .count());
    }

    private static void test(XMLStreamWriter xml, CheckResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", result.query().object());
        attribute(xml, "name", CheckReport.name(result));
        switch (result.verdict()) {
            case HOLDS -> {
                // A test without content has passed.
            }
            case FAILS -> outcome(xml, result.isFailure() ? "failure" : "system-out", result);
            case ERROR -> outcome(xml, "error", result);
            case SKIPPED -> outcome(xml, "skipped", result);
        }
        xml.writeEndElement();
    }

    private static void outcome(XMLStreamWriter xml, String element, CheckResult result) throws XMLStreamException {
        xml.writeStartElement(element);
        if (element.equals("system-out")) {
            xml.writeCharacters(clean(result.message()));
        } else {
            attribute(xml, "message", result.message());
            xml.writeCharacters(clean(result.query().sql()));
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** Without the characters that XML cannot contain. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
