package dev.parley.signaling.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Which part of which upload is being written: one of each at a time, the newest. A client whose connection died
/// sends the part again on another one long before the server notices that the first is dead. Callable from any thread.
final class Parts {
    /// For the older one to bring what it has to the disk.
    static final long HAND_OVER_MS = 10_000;

    private final Map<String, Writing> now = new HashMap<>();

    /// One upload that somebody writes or waits for.
    private static final class Writing {
        final ReentrantLock lock = new ReentrantLock();
        int users;

        @Nullable
        InputStream current;

        long turn;
    }

    /// The right to write; given back when it is closed.
    final class Turn implements AutoCloseable {
        private final String key;
        private final Writing writing;
        private final long turn;

        private Turn(String key, Writing writing, long turn) {
            this.key = key;
            this.writing = writing;
            this.turn = turn;
        }

        boolean overtaken() {
            synchronized (now) {
                return writing.turn != turn;
            }
        }

        @Override
        public void close() {
            writing.lock.unlock();
            leave(key, writing);
        }
    }

    /// Cuts off who writes this upload, and waits until they are done.
    Turn take(String key, InputStream bytes) {
        Writing writing;
        long turn;
        InputStream older;
        synchronized (now) {
            writing = now.computeIfAbsent(key, _ -> new Writing());
            writing.users++;
            turn = ++writing.turn;
            older = writing.current;
            writing.current = bytes;
        }
        if (older != null) {
            cut(older);
        }
        try {
            if (writing.lock.tryLock(HAND_OVER_MS, TimeUnit.MILLISECONDS)) {
                return new Turn(key, writing, turn);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave(key, writing);
        throw new FileRefusal(FileFault.UNAVAILABLE, "the part before it is still being written");
    }

    private static void cut(InputStream older) {
        try {
            older.close();
        } catch (IOException _) {
            // it ends either way
        }
    }

    private void leave(String key, Writing writing) {
        synchronized (now) {
            if (--writing.users == 0) {
                now.remove(key, writing);
            }
        }
    }

    int writing() {
        synchronized (now) {
            return now.size();
        }
    }
}
