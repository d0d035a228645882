import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.DataDelivery;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.Sfu;
import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.server.SfuServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The engine alone, with an echo behind its message port, on loopback or the address that is given. Offers come by
/// POST, as WHIP's do; a GET gives browsers an empty page to do it from. What a client sends on a channel comes back; where it is longer than this client takes, its length and SHA-256 do. On the channel
/// `control` a text is a command, which comes back when it was carried out:
///
///     open LABEL        open a channel of ours
///     agreed ID LABEL   take a channel whose id both sides know
///     close LABEL       close a channel, whoever opened it
///     count             comes back as `count OPENED CLOSED`, all channels of this client so far
final class Echo {
    private static final String CONTROL = "control";

    private final Sfu engine;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private Echo(Sfu engine) {
        this.engine = engine;
    }

    public static void main(String[] arguments) throws IOException {
        String address = arguments.length == 0 ? "127.0.0.1" : arguments[0];
        Echo echo = new Echo(SfuServer.start(new SfuConfig(0, List.of(address), List.of(), 1, true)));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try (exchange) {
                echo.answer(exchange);
            }
        });
        server.start();
        System.out.printf(
                "READY {\"http\":\"http://127.0.0.1:%d\",\"udp\":%d}%n",
                server.getAddress().getPort(), echo.engine.info().udpPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "POST" -> join(exchange);
            case "GET" -> say(exchange, 200, "text/html", "<!doctype html><title>echo</title>");
            case "DELETE" -> {
                Client client = clients.remove(path.substring(1));
                if (client != null) {
                    client.participant.close(CloseReason.LEFT);
                }
                exchange.sendResponseHeaders(200, -1);
            }
            default -> exchange.sendResponseHeaders(204, -1); // candidates, of which an ICE-lite agent has no need
        }
    }

    private void join(HttpExchange exchange) throws IOException {
        String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ParticipantId id = new ParticipantId("c" + numbers.incrementAndGet());
        Client client = new Client();
        JoinAnswer joined = engine.room("echo")
                .join(new JoinRequest(id, id.value(), Via.WEB, offer, List.of(), null, client::on))
                .toCompletableFuture()
                .join();
        client.participant = joined.participant();
        clients.put(id.value(), client);
        exchange.getResponseHeaders().add("Location", "/" + id.value());
        say(exchange, 201, "application/sdp", joined.answer());
    }

    private static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /// One client; its events come on the room's loop.
    private static final class Client {
        private volatile SfuParticipant participant;
        private int opened;
        private int closed;

        private void on(SfuEvent event) {
            switch (event) {
                case SfuEvent.DataOpened _ -> opened++;
                case SfuEvent.DataClosed _ -> closed++;
                case SfuEvent.DataReceived message when message.label().equals(CONTROL) ->
                    command(new String(message.bytes(), StandardCharsets.UTF_8));
                case SfuEvent.DataReceived message -> back(message);
                default -> {}
            }
        }

        private void command(String text) {
            String[] words = text.split(" ");
            String done = text;
            switch (words[0]) {
                case "open" -> participant.openData(words[1], DataDelivery.reliable());
                case "agreed" ->
                    participant.agreedData(Integer.parseInt(words[1]), words[2], DataDelivery.reliable());
                case "close" -> participant.closeData(words[1]);
                default -> done = "count " + opened + " " + closed;
            }
            participant.send(CONTROL, DataMessage.of(true, done.getBytes(StandardCharsets.UTF_8)));
        }

        private void back(SfuEvent.DataReceived message) {
            participant
                    .send(message.label(), DataMessage.of(message.text(), message.bytes()))
                    .thenAccept(sent -> {
                        if (sent.result() == DataSent.Result.TOO_LONG) {
                            participant.send(message.label(), DataMessage.of(true, digest(message.bytes())));
                        }
                    });
        }

        private static byte[] digest(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                String text = bytes.length + " " + HexFormat.of().formatHex(hash);
                return text.getBytes(StandardCharsets.UTF_8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}
