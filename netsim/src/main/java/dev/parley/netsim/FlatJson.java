package dev.parley.netsim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// JSON objects of numbers, booleans and plain strings, one level deep: what the proxy's command lines need, so that
/// this module depends on nothing. Stateless.
final class FlatJson {
    private static final Pattern MEMBER = Pattern.compile(
            "\\s*\"(\\w{1,40})\"\\s*:\\s*(?:(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(true|false)|\"([^\"\\\\]{0,200})\")\\s*");

    private FlatJson() {}

    /// The members in their order; values are Double, Boolean or String.
    static Map<String, Object> parse(String line) {
        String text = line.strip();
        if (!text.startsWith("{") || !text.endsWith("}") || text.length() < 2) {
            throw new IllegalArgumentException("not a JSON object: " + line);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        Matcher member = MEMBER.matcher(text).region(1, text.length() - 1);
        if (text.substring(1, text.length() - 1).isBlank()) {
            return members;
        }
        while (member.lookingAt()) {
            members.put(member.group(1), value(member));
            if (member.end() == text.length() - 1) {
                return members;
            }
            if (text.charAt(member.end()) != ',') {
                break;
            }
            member.region(member.end() + 1, text.length() - 1);
        }
        throw new IllegalArgumentException("expected \"name\": number, true, false or string in: " + line);
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                default -> quoted.append(c < ' ' ? ' ' : (char) c);
            }
        });
        return quoted.append('"').toString();
    }

    private static Object value(Matcher member) {
        if (member.group(2) != null) {
            return Double.valueOf(member.group(2));
        }
        return member.group(3) != null ? Boolean.valueOf(member.group(3)) : member.group(4);
    }
}
