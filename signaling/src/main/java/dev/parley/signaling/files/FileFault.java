package dev.parley.signaling.files;

import java.util.Locale;

/// Why a request for a file was not carried out: the last part of a problem's type, docs/protocol.md.
public enum FileFault {
    BAD_MESSAGE,
    UNAUTHORIZED,
    NOT_FOUND,
    TOO_SLOW,
    WRONG_OFFSET,
    OVERTAKEN,
    FILE_TAKEN,
    TOO_LARGE,
    WRONG_MEDIA_TYPE,
    BAD_RANGE,
    SLOW_DOWN,
    UNAVAILABLE,
    FULL,
    QUOTA_PERSON,
    QUOTA_ROOM,
    QUOTA_SERVER,
    DISK_FULL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
