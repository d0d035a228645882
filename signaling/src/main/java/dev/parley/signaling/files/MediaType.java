package dev.parley.signaling.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a file is: by its first bytes where these say it, else by what its sender says. A name never counts.
public final class MediaType {
    /// What says nothing.
    public static final String UNKNOWN = "application/octet-stream";
    /// As many bytes as it takes to tell.
    static final int BYTES_NEEDED = 12;

    private static final int CHARACTERS_MAX = 127;
    /// RFC 6838 section 4.2.
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

    /// Four bytes of a length, then a box of this name: the family of MP4, ISO/IEC 14496-12.
    private static final int BOX_AT = 4;

    private static final List<Row> TABLE = List.of(
            new Row("image/png", 0, "\u0089PNG\r\n\u001a\n"),
            new Row("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
            new Row("image/gif", 0, "GIF87a"),
            new Row("image/gif", 0, "GIF89a"),
            new Row("image/webp", 8, "WEBP"),
            new Row("audio/wav", 8, "WAVE"),
            new Row("video/mp4", BOX_AT, "ftyp"),
            new Row("video/webm", 0, "\u001aE\u00df\u00a3"),
            new Row("audio/ogg", 0, "OggS"),
            new Row("audio/flac", 0, "fLaC"),
            new Row("audio/mpeg", 0, "ID3"),
            new Row("audio/mpeg", 0, "\u00ff\u00fb"),
            new Row("audio/mpeg", 0, "\u00ff\u00f3"),
            new Row("audio/mpeg", 0, "\u00ff\u00f2"),
            new Row("application/pdf", 0, "%PDF-"),
            new Row("application/zip", 0, "PK\u0003\u0004"));

    /// Kinds with several names, of which the client may know the better one: what is in such a box, or how a ZIP is
    /// used.
    private static final List<Family> FAMILIES = List.of(
            new Family("video/mp4", Set.of("audio/mp4", "image/heic", "image/heif", "image/avif", "video/quicktime")),
            new Family("video/webm", Set.of("audio/webm", "video/x-matroska")),
            new Family("audio/ogg", Set.of("video/ogg")));

    /// Types that are a picture, a sound or a film and nothing that runs: they may be served as what they are.
    private static final Set<String> PASSIVE = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/avif",
            "audio/wav",
            "audio/mp4",
            "audio/mpeg",
            "audio/ogg",
            "audio/flac",
            "audio/webm",
            "video/mp4",
            "video/ogg",
            "video/webm");

    private record Row(String type, int at, byte[] bytes) {
        Row(String type, int at, String latin) {
            this(type, at, latin.getBytes(StandardCharsets.ISO_8859_1));
        }

        boolean fits(byte[] head) {
            int end = at + bytes.length;
            return head.length >= end && Arrays.equals(head, at, end, bytes, 0, bytes.length);
        }
    }

    private record Family(String type, Set<String> others) {}

    private MediaType() {}

    /// What a client says, when it is a type at all; parameters are not kept.
    static String ofClient(@Nullable String claimed) {
        String type = claimed == null ? "" : claimed.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.length() <= CHARACTERS_MAX && NAME.matcher(type).matches() ? type : UNKNOWN;
    }

    /// @param head the first bytes, `BYTES_NEEDED` of them where the file has so many
    static String of(byte[] head, String claimed) {
        for (Row row : TABLE) {
            if (row.fits(head)) {
                return claims(row.type(), claimed) ? claimed : row.type();
            }
        }
        return checkable(claimed) ? UNKNOWN : claimed;
    }

    private static boolean claims(String found, String claimed) {
        boolean zipped = found.equals("application/zip") && claimed.startsWith("application/") && !checkable(claimed);
        return zipped
                || FAMILIES.stream()
                        .anyMatch(f -> f.type().equals(found) && f.others().contains(claimed));
    }

    /// Whether the bytes would have said so.
    private static boolean checkable(String type) {
        return PASSIVE.contains(type)
                || TABLE.stream().anyMatch(row -> row.type().equals(type))
                || FAMILIES.stream().anyMatch(f -> f.others().contains(type));
    }

    /// What a browser is told when it downloads the file.
    public static String served(String type) {
        return PASSIVE.contains(type) ? type : UNKNOWN;
    }
}
