package dev.parley.signaling.app;

import dev.parley.signaling.store.Backup;
import dev.parley.signaling.store.Restore;
import dev.parley.signaling.store.StoreException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `backup FILE` and `restore FILE`, with the settings that name the data folder. Done when it returns.
final class DataCommand {
    private static final String REPLACE = "--replace";

    private DataCommand() {}

    static boolean is(String word) {
        return word.equals("backup") || word.equals("restore");
    }

    static void run(String[] arguments, Map<String, String> environment, PrintStream out) throws StartException {
        List<String> words = new ArrayList<>(List.of(arguments));
        String command = words.removeFirst();
        boolean replace = command.equals("restore") && words.remove(REPLACE);
        if (words.isEmpty() || words.getFirst().startsWith("-")) {
            throw new StartException(StartException.CONFIGURATION, usage(command));
        }
        Path file = path(words.removeFirst());
        Path data = dataFolder(words, environment);
        try {
            if (command.equals("backup")) {
                Backup.write(data, file);
                out.println("backed up '" + data + "' to '" + file + "'");
            } else {
                Restore.read(file, data, replace);
                out.println("restored '" + data + "' from '" + file + "'; a database that was there is now "
                        + Restore.FORMER + ", its files are in " + Restore.FORMER_FILES);
            }
        } catch (StoreException e) {
            throw new StartException(StartException.DATA_FOLDER, command + ": " + e.getMessage());
        }
    }

    private static String usage(String command) {
        return command + ": " + command + " FILE [--data FOLDER]" + (command.equals("restore") ? " [--replace]" : "")
                + "; other settings of run are taken too";
    }

    private static Path path(String word) throws StartException {
        try {
            return Path.of(word).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new StartException(StartException.CONFIGURATION, "'" + word + "' is no file name");
        }
    }

    private static Path dataFolder(List<String> words, Map<String, String> environment) throws StartException {
        try {
            Config config = CommandLine.parse(words.toArray(String[]::new), environment);
            if (config == null) {
                throw new StartException(StartException.CONFIGURATION, "FILE comes first");
            }
            return config.data();
        } catch (ConfigException e) {
            throw new StartException(StartException.CONFIGURATION, String.valueOf(e.getMessage()));
        }
    }
}
