package dev.parley.signaling.web;

import dev.parley.signaling.files.Downloads;
import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileRefusal;
import dev.parley.signaling.files.FilesWatch;
import dev.parley.signaling.files.MediaType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// `GET /files/{key}`, docs/protocol.md: a file for whoever knows its key. Nothing of it ever runs here: it is saved
/// under its name, its type is not guessed, and whatever shows it all the same has no rights.
public final class DownloadsApi {
    private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

    private final Downloads downloads;
    private final FileJobs jobs;
    private final FilesWatch watch;

    public DownloadsApi(Downloads downloads, FileJobs jobs, FilesWatch watch) {
        this.downloads = downloads;
        this.jobs = jobs;
        this.watch = watch;
    }

    public void addTo(Router router) {
        router.getLater("/files/{key}", request -> jobs.run(request, this::file));
    }

    private Response file(Request request) {
        Downloads.Opened opened = downloads.open(request.captured("key"));
        String tag = '"' + opened.what().key() + '"';
        if (StaticFile.isKnown(request, tag)) {
            close(opened.bytes());
            return dressed(Response.empty(304), opened, tag);
        }
        long size = opened.what().size();
        ByteRange range = rangeOf(request, tag, size);
        if (range != null && range.isOutside()) {
            close(opened.bytes());
            FileRefusal refusal = new FileRefusal(FileFault.BAD_RANGE, "Range: the file has " + size + " bytes");
            return FileProblem.of(refusal).with("Content-Range", "bytes */" + size);
        }
        String type = MediaType.served(opened.what().type());
        if (range == null) {
            Body all = new FileBody(opened.bytes(), 0, size, watch::sent);
            return dressed(Response.streamed(200, type, all), opened, tag);
        }
        Body some = new FileBody(opened.bytes(), range.from(), range.length(), watch::sent);
        return dressed(Response.streamed(206, type, some), opened, tag).with("Content-Range", range.contentRange(size));
    }

    /// A range of what the client has is good only if it is still that, RFC 9110 section 13.1.5.
    private static @Nullable ByteRange rangeOf(Request request, String tag, long size) {
        String condition = request.header("If-Range");
        boolean good = request.method().equals("GET")
                && (condition == null || condition.strip().equals(tag));
        return good ? ByteRange.of(request.header("Range"), size) : null;
    }

    private static Response dressed(Response response, Downloads.Opened opened, String tag) {
        return response.with(
                        "Content-Disposition",
                        ContentDisposition.attachment(opened.what().name()))
                .with("Content-Security-Policy", POLICY)
                .with("Cache-Control", "private, no-cache")
                .with("ETag", tag)
                .with("Accept-Ranges", "bytes");
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException("a file that was only read does not close", e);
        }
    }
}
