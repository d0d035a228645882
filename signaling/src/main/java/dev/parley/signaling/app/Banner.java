package dev.parley.signaling.app;

import dev.parley.sfu.api.SfuInfo;
import io.nayuki.qrcodegen.QrCode;
import java.io.PrintStream;
import java.util.List;

/// What a person who started the server wants to see: where to go, a code for the phone, and whether the kernel is too
/// stingy. The READY line for machines comes last.
final class Banner {
    /// Light modules that a scanner wants around the code, ISO/IEC 18004 section 9.1 says 4; terminals are dark enough
    /// at 2.
    private static final int QUIET = 2;

    private Banner() {}

    static void print(Ready ready, SfuInfo media, PrintStream out) {
        out.println("Parley " + ready.version());
        out.println("  here           " + ready.https());
        for (String url : ready.lan()) {
            out.println("  on your network " + url);
        }
        if (ready.http() != null) {
            out.println("  plain HTTP     " + ready.http() + " (for a proxy on this machine)");
        }
        out.println("  media          UDP " + media.udpPort() + ", " + media.transport() + ", loops: " + media.loops());
        if (!ready.lan().isEmpty()) {
            out.print(qr(ready.lan().getFirst()));
            out.println("The certificate is this server's own unless you gave one: browsers ask once.");
        }
        buffers(media).forEach(out::println);
        out.println(ready.line());
        out.flush();
    }

    static List<String> buffers(SfuInfo media) {
        if (media.receiveBufferBytes() >= media.wantedBufferBytes()) {
            return List.of();
        }
        int wanted = media.wantedBufferBytes();
        return List.of(
                "The kernel gave " + media.receiveBufferBytes() + " of " + wanted
                        + " bytes of socket buffer; to raise it:",
                "  sysctl -w net.core.rmem_max=" + wanted + " net.core.wmem_max=" + wanted);
    }

    /// Two modules a character, dark on light whatever the terminal's colours are.
    static String qr(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        StringBuilder picture = new StringBuilder();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            picture.append("  \u001b[30;107m");
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                boolean upper = code.getModule(x, y);
                boolean lower = code.getModule(x, y + 1);
                picture.append(upper ? (lower ? '\u2588' : '\u2580') : (lower ? '\u2584' : ' '));
            }
            picture.append("\u001b[0m\n");
        }
        return picture.toString();
    }
}
