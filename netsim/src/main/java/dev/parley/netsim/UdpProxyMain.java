package dev.parley.netsim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Starts a proxy as a process of its own: prints `{"host":…,"port":…}`, then reads commands (see `ProxyCommands`), a
/// line each, from standard input and answers each with a line. Ends when standard input does, so that it does not
/// outlive the test that started it.
///
///     java -cp netsim.jar dev.parley.netsim.UdpProxyMain --server HOST:PORT [--listen HOST:PORT] [--seed N]
public final class UdpProxyMain {
    private static final String USAGE = "usage: UdpProxyMain --server HOST:PORT [--listen HOST:PORT] [--seed N]";

    private UdpProxyMain() {}

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            run(args, in, System.out);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static void run(String[] args, BufferedReader in, PrintStream out) throws IOException {
        InetSocketAddress listen = endpoint("127.0.0.1:0");
        @Nullable InetSocketAddress server = null;
        long seed = Fuzz.seed();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--server" -> server = endpoint(value);
                case "--listen" -> listen = endpoint(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (server == null) {
            throw new IllegalArgumentException(USAGE);
        }
        try (UdpProxy proxy = new UdpProxy(listen, server, LinkConfig.perfect(), LinkConfig.perfect(), seed)) {
            serve(proxy, in, out);
        }
    }

    private static void serve(UdpProxy proxy, BufferedReader in, PrintStream out) throws IOException {
        ProxyCommands commands = new ProxyCommands(proxy);
        String host = FlatJson.quote(proxy.address().getAddress().getHostAddress());
        out.println("{\"host\":" + host + ",\"port\":" + proxy.address().getPort() + "}");
        out.flush();
        for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(commands.answer(line));
            out.flush();
        }
    }

    /// `host:port`; the host may be an IPv6 literal in brackets.
    private static InetSocketAddress endpoint(String text) {
        int colon = text.lastIndexOf(':');
        try {
            String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
            return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("expected HOST:PORT, got '" + text + "'\n" + USAGE, e);
        }
    }
}
