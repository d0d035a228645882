package dev.parley.signaling.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// An HTTP/2 connection over TLS on which a test sends exactly the frames it wants. Used by one thread.
///
///     |  length (24)  | type (8) | flags (8) | stream (32) | payload ...        RFC 9113 section 4.1
public final class RawHttp2 implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int TIMEOUT_MS = 20_000;

    /// Little, so that a server soon notices who does not read.
    private static final int RECEIVE_BYTES = 4096;

    private final SSLSocket socket;

    public record Frame(int type, int flags, int stream, byte[] payload) {}

    public RawHttp2(int port) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            socket = (SSLSocket) context.getSocketFactory().createSocket();
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.startHandshake();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The certificate is looked at elsewhere.
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    public String protocol() {
        return socket.getApplicationProtocol();
    }

    /// The client's preface: magic and empty settings, RFC 9113 section 3.4.
    public RawHttp2 begin() {
        bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0);
        return this;
    }

    /// False when the server has closed already.
    public boolean frame(int type, int flags, int stream, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        return bytes(frame.array());
    }

    /// A header block of literals that are not indexed, RFC 7541 section 6.2.2.
    public static byte[] headers(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            string(block, namesAndValues[i]);
            string(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    public static byte[] get(String path) {
        return headers(":method", "GET", ":scheme", "https", ":authority", "localhost", ":path", path);
    }

    private static void string(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            for (length -= 127; length >= 128; length >>= 7) {
                block.write((length & 0x7f) | 0x80);
            }
            block.write(length);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The next frame of this type; others are skipped.
    public Frame next(int type) {
        try {
            for (; ; ) {
                Frame frame = read();
                if (frame.type == type) {
                    return frame;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The error code of the GOAWAY that ends the connection, or -1 when it ends without one.
    public int goAway() {
        int code = -1;
        try {
            for (; ; ) {
                Frame frame = read();
                if (frame.type == GOAWAY) {
                    code = ByteBuffer.wrap(frame.payload).getInt(4);
                }
            }
        } catch (EOFException | SocketException e) {
            return code;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame read() throws IOException {
        InputStream in = socket.getInputStream();
        ByteBuffer head = ByteBuffer.wrap(in.readNBytes(9));
        if (head.remaining() < 9) {
            throw new EOFException();
        }
        int lengthAndType = head.getInt();
        int flags = head.get() & 0xff;
        int stream = head.getInt();
        return new Frame(lengthAndType & 0xff, flags, stream, in.readNBytes(lengthAndType >>> 8));
    }

    private boolean bytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
