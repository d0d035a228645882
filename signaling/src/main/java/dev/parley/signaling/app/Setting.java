package dev.parley.signaling.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every setting there is: `--key` on the command line, `PARLEY_KEY` in the environment, `key:` in the file.
enum Setting {
    PORT(
            "port",
            "PORT",
            "8443",
            "0 to 65535",
            "one number for TCP (pages, WebSocket) and UDP (media); 0 takes any free one"),
    HTTP_PORT(
            "http-port",
            "PORT",
            "8088",
            "off, or 0 to 65535",
            "plain HTTP with the same routes, for a proxy that ends TLS"),
    HTTP_ADDRESS("http-address", "ADDRESS", "127.0.0.1", "one IP address", "where plain HTTP listens"),
    MANAGEMENT_PORT("management-port", "PORT", "9464", "0 to 65535", "/metrics, /livez, /readyz"),
    MANAGEMENT_ADDRESS("management-address", "ADDRESS", "127.0.0.1", "one IP address", "where management listens"),
    BIND("bind", "ADDRESS", "", "one IP address, or nothing for all", "the address that pages and media are served at"),
    PUBLIC_ADDRESS(
            "public-address",
            "A[:PORT],…",
            "",
            "addresses or names, each with or without a port, separated by commas",
            "how this machine is reached from outside, where it cannot know"),
    DATA("data", "FOLDER", "./data", "a folder that can be written", "the database, files and certificates"),
    FILE_SIZE(
            "file-size",
            "SIZE",
            "100M",
            "off, or bytes with or without K, M, G or T",
            "the largest file that people may send each other"),
    FILES_PER_PERSON(
            "files-per-person",
            "SIZE",
            "1G",
            "bytes with or without K, M, G or T",
            "all files of one person in a room"),
    FILES_PER_ROOM("files-per-room", "SIZE", "2G", "bytes with or without K, M, G or T", "all files of one room"),
    FILES_TOTAL("files-total", "SIZE", "10G", "bytes with or without K, M, G or T", "all files of this server"),
    FILES_KEEP_FREE(
            "files-keep-free", "SIZE", "1G", "bytes with or without K, M, G or T", "what files leave of the disk"),
    LOOPS("loops", "N", "0", "0 to 256", "media loops; 0 is one for each core"),
    TRUSTED_PROXIES(
            "trusted-proxies",
            "NETWORK,…",
            "",
            "addresses or networks such as 192.0.2.0/24, separated by commas",
            "whose forwarded headers are believed"),
    CERT("cert", "FILE", "", "a file with certificates in PEM; needs key", "the TLS certificate and its chain"),
    KEY("key", "FILE", "", "a file with a private key in PEM; needs cert", "the certificate's key"),
    TRANSPORT("transport", "KIND", "native", "native or portable", "sockets: epoll where it can be had, or Java's own");

    private final String key;
    private final String placeholder;
    private final String otherwise;
    private final String allowed;
    private final String help;

    /// What was said for a setting, and where.
    record Value(String text, String where) {}

    Setting(String key, String placeholder, String otherwise, String allowed, String help) {
        this.key = key;
        this.placeholder = placeholder;
        this.otherwise = otherwise;
        this.allowed = allowed;
        this.help = help;
    }

    static @Nullable Setting ofKey(String key) {
        return Arrays.stream(values())
                .filter(s -> s.key.equals(key))
                .findFirst()
                .orElse(null);
    }

    static @Nullable Setting ofVariable(String name) {
        return Arrays.stream(values())
                .filter(s -> s.variable().equals(name))
                .findFirst()
                .orElse(null);
    }

    static String known() {
        return Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    String key() {
        return key;
    }

    String flag() {
        return "--" + key;
    }

    String variable() {
        return "PARLEY_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    String placeholder() {
        return placeholder;
    }

    Value otherwise() {
        return new Value(otherwise, "default");
    }

    String allowed() {
        return allowed;
    }

    String help() {
        return help;
    }
}
