package dev.parley.signaling.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A WebSocket client that also speaks what no client should, RFC 6455 section 5.2:
///
///     | FIN RSV opcode | MASK length (7, 7+16 or 7+64 bits) | masking key | payload |
public final class RawWebSocket extends RawConnection {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int FIN = 0x80;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// One frame of the server's.
    public record Frame(int opcode, byte[] payload) {
        public int closeCode() {
            return opcode == CLOSE && payload.length >= 2
                    ? ByteBuffer.wrap(payload).getShort() & 0xffff
                    : -1;
        }
    }

    private RawWebSocket(String from, int port) {
        super(from, port);
    }

    public static String handshake(int port, String more) {
        return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: parley.v1\r\n" + more + "\r\n";
    }

    /// Open, on the plain listener.
    public static RawWebSocket open(int port) {
        return open("127.0.0.1", port);
    }

    public static RawWebSocket open(String from, int port) {
        RawWebSocket socket = new RawWebSocket(from, port);
        socket.send(handshake(port, "Origin: http://127.0.0.1:" + port + "\r\n"));
        String response = socket.readResponse();
        if (!response.startsWith("HTTP/1.1 101")) {
            throw new AssertionError(response);
        }
        return socket;
    }

    public boolean text(String text) {
        return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean frame(int firstByte, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(payload.length + 14).put((byte) firstByte);
        if (payload.length < 126) {
            out.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            out.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        out.putInt(0).put(payload); // a masking key of zeros masks nothing
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return send(bytes);
    }

    public Frame read() {
        try {
            InputStream in = socket.getInputStream();
            int opcode = byteOf(in) & 0x0f;
            int length = byteOf(in);
            if (length == 126) {
                length = byteOf(in) << 8 | byteOf(in);
            } else if (length == 127) {
                length = (int) ByteBuffer.wrap(in.readNBytes(8)).getLong();
            }
            return new Frame(opcode, in.readNBytes(length));
        } catch (EOFException | SocketException e) {
            return new Frame(-1, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next message, pings and pongs left out.
    public JsonNode message() {
        Frame frame = read();
        while (frame.opcode() == PING || frame.opcode() == 10) {
            frame = read();
        }
        if (frame.opcode() != TEXT) {
            throw new AssertionError("closed with " + frame.closeCode());
        }
        try {
            return JSON.readTree(frame.payload());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next message of this type; others before it are passed over.
    public JsonNode message(String type) {
        JsonNode message = message();
        while (!message.path("type").asText().equals(type)) {
            message = message();
        }
        return message;
    }

    /// The code with which the server closes; what it says before is passed over. -1: without a word.
    public int closeCode() {
        Frame frame = read();
        while (frame.opcode() >= 0 && frame.opcode() != CLOSE) {
            frame = read();
        }
        return frame.closeCode();
    }

    public JsonNode join(String room, String name) {
        text(joinText(room, name));
        return message();
    }

    public JsonNode join(String room, String name, String offer) {
        ObjectNode join = JSON.createObjectNode()
                .put("type", "join")
                .put("id", 1)
                .put("v", 1)
                .put("room", room)
                .put("name", name)
                .put("offer", offer);
        text(join.toString());
        return message();
    }

    public static String joinText(String room, String name) {
        return "{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":\"" + room + "\",\"name\":\"" + name
                + "\",\"token\":null,\"device\":null,\"resume\":null,\"offer\":\"v=0\\r\\n\"}";
    }
}
