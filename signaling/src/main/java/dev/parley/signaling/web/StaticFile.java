package dev.parley.signaling.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file of the web client in memory, plain and compressed, each with the hash of its content as its strong ETag.
record StaticFile(
        String mediaType,
        byte[] plain,
        String plainTag,
        byte @Nullable [] gzip,
        String gzipTag,
        List<String> scriptHashes) {
    private static final Pattern INLINE_SCRIPT =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

    static StaticFile of(String name, byte[] content) {
        String type = MediaTypes.of(name);
        byte[] gzip = MediaTypes.compressible(type) ? gzip(content) : null;
        boolean worthIt = gzip != null && gzip.length < content.length;
        String hash = sha256(content).substring(0, 22).replace('+', '-').replace('/', '_');
        return new StaticFile(
                type,
                content,
                '"' + hash + '"',
                worthIt ? gzip : null,
                '"' + hash + "-gz\"",
                type.startsWith("text/html") ? inlineScripts(content) : List.of());
    }

    Response answer(Request request) {
        byte[] body = gzip != null && takesGzip(request) ? gzip : plain;
        String tag = body == plain ? plainTag : gzipTag;
        Response response = isKnown(request, tag) ? Response.empty(304) : Response.of(200, mediaType, body);
        response = response.with("ETag", tag).with("Cache-Control", "no-cache");
        if (gzip != null) {
            response = response.with("Vary", "Accept-Encoding");
        }
        if (body == gzip && response.status() == 200) {
            response = response.with("Content-Encoding", "gzip");
        }
        return mediaType.startsWith("text/html")
                ? response.with("Content-Security-Policy", SecurityHeaders.pagePolicy(request.origin(), scriptHashes))
                : response;
    }

    /// RFC 9110 section 12.5.3; `gzip;q=0` refuses.
    private static boolean takesGzip(Request request) {
        for (String field : request.headers().getAll("Accept-Encoding")) {
            for (String coding : field.split(",")) {
                String[] parts = coding.strip().split("\\s*;\\s*");
                boolean refused = parts.length > 1 && parts[1].matches("q=0(\\.0*)?");
                if ((parts[0].equalsIgnoreCase("gzip") || parts[0].equals("*")) && !refused) {
                    return true;
                }
            }
        }
        return false;
    }

    /// RFC 9110 section 13.1.2.
    static boolean isKnown(Request request, String tag) {
        for (String field : request.headers().getAll("If-None-Match")) {
            for (String known : field.split(",")) {
                String stripped = known.strip();
                if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> inlineScripts(byte[] html) {
        List<String> hashes = new ArrayList<>();
        Matcher scripts = INLINE_SCRIPT.matcher(new String(html, StandardCharsets.UTF_8));
        while (scripts.find()) {
            hashes.add(sha256(scripts.group(1).getBytes(StandardCharsets.UTF_8)));
        }
        return hashes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 3 + 64);
        try (var out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }
}
