package dev.parley.signaling.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The settings as words, taken as what they should be; a word that is nothing of the kind is named with its place.
record Settings(Map<Setting, Setting.Value> values) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}(?=[KMGT])|[0-9]{1,15}(?=$))([KMGT]?)");

    private String text(Setting setting) {
        return value(setting).text().strip();
    }

    private Setting.Value value(Setting setting) {
        return Objects.requireNonNull(values.get(setting), setting.key());
    }

    ConfigException notAllowed(Setting setting) {
        return ConfigException.notAllowed(setting, value(setting));
    }

    boolean isEmpty(Setting setting) {
        return text(setting).isEmpty();
    }

    boolean isOff(Setting setting) {
        return text(setting).equals("off");
    }

    int number(Setting setting, int least, int most) throws ConfigException {
        try {
            int number = Integer.parseInt(text(setting));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notAllowed(setting);
        }
        throw notAllowed(setting);
    }

    /// `500M`: a number with K, M, G or T for powers of 1024.
    long bytes(Setting setting) throws ConfigException {
        Matcher size = SIZE.matcher(text(setting).toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw notAllowed(setting);
        }
        int power = size.group(2).isEmpty() ? 0 : 1 + "KMGT".indexOf(size.group(2));
        return Long.parseLong(size.group(1)) << (10 * power);
    }

    InetAddress address(Setting setting) throws ConfigException {
        try {
            return InetAddress.ofLiteral(text(setting));
        } catch (IllegalArgumentException e) {
            throw notAllowed(setting);
        }
    }

    Path path(Setting setting) throws ConfigException {
        try {
            return Path.of(text(setting)).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw notAllowed(setting);
        }
    }

    String oneOf(Setting setting, List<String> words) throws ConfigException {
        if (!words.contains(text(setting))) {
            throw notAllowed(setting);
        }
        return text(setting);
    }

    <T> List<T> list(Setting setting, Function<String, T> item) throws ConfigException {
        List<T> items = new ArrayList<>();
        for (String word : text(setting).split(",")) {
            if (!word.isBlank()) {
                try {
                    items.add(item.apply(word.strip()));
                } catch (IllegalArgumentException e) {
                    throw notAllowed(setting);
                }
            }
        }
        return items;
    }

    /// `192.0.2.7`, `[2001:db8::7]:8443`, `call.example.org:443`; port 0 when none is said. A name is resolved here,
    /// once:
    /// this is the one place where somebody asked for it.
    static InetSocketAddress hostAndPort(String word) {
        int colon = word.lastIndexOf(':');
        boolean bare6 = !word.startsWith("[") && word.indexOf(':') != colon;
        boolean hasPort = !bare6 && colon > word.lastIndexOf(']');
        String host = hasPort ? word.substring(0, colon) : word;
        int port = hasPort ? Integer.parseInt(word.substring(colon + 1)) : 0;
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
