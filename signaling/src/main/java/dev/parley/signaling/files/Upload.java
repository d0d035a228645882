package dev.parley.signaling.files;

/// How far an upload is.
///
/// @param key the name of its bytes on the disk, and of the file for those who may read it
/// @param id what its owner calls it
/// @param received so many bytes are on the disk
/// @param shown a message has it
public record Upload(String key, String id, String name, String type, long size, long received, boolean shown) {
    public boolean complete() {
        return received == size;
    }

    Upload at(long nowReceived, String nowType) {
        return new Upload(key, id, name, nowType, size, nowReceived, shown);
    }

    @Override
    public String toString() {
        return "Upload[" + received + " of " + size + "]"; // a key is never in a log, nor a name
    }
}
