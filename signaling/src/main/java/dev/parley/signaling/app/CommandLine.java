package dev.parley.signaling.app;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Arguments and environment as words for `Config`.
final class CommandLine {
    private static final String CONFIG = "--config";

    private CommandLine() {}

    /// Null when help was asked for and printed.
    static @Nullable Config parse(String[] arguments, Map<String, String> environment) throws ConfigException {
        var line = new picocli.CommandLine(spec()).setOverwrittenOptionsAllowed(true);
        ParseResult parsed;
        try {
            parsed = line.parseArgs(arguments);
        } catch (ParameterException e) {
            throw new ConfigException(e.getMessage() + "; allowed: --config, " + flags());
        }
        if (parsed.isUsageHelpRequested()) {
            line.usage(System.out);
            return null;
        }
        Map<Setting, Setting.Value> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, new Setting.Value(parsed.matchedOptionValue(setting.flag(), ""), setting.flag()));
            }
        }
        String file = parsed.matchedOptionValue(CONFIG, environment.getOrDefault("PARLEY_CONFIG", ""));
        return Config.of(flags, variables(environment), file.isEmpty() ? Map.of() : ConfigFile.read(Path.of(file)));
    }

    /// Variables that only look like ours (an orchestrator's `PARLEY_PORT=tcp://…` for a service of that name) are not.
    private static Map<Setting, Setting.Value> variables(Map<String, String> environment) {
        Map<Setting, Setting.Value> values = new EnumMap<>(Setting.class);
        environment.forEach((name, value) -> {
            Setting setting = Setting.ofVariable(name);
            if (setting != null && !value.startsWith("tcp://") && !value.startsWith("udp://")) {
                values.put(setting, new Setting.Value(value, name));
            }
        });
        return values;
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("parley run").mixinStandardHelpOptions(false);
        spec.usageMessage().description("Serves calls until it is stopped.");
        spec.addOption(OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description("this page")
                .build());
        spec.addOption(OptionSpec.builder(CONFIG)
                .type(String.class)
                .paramLabel("FILE")
                .description("YAML with the same keys as these flags")
                .build());
        for (Setting setting : Setting.values()) {
            String otherwise = setting.otherwise().text();
            spec.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel(setting.placeholder())
                    .description(setting.help() + (otherwise.isEmpty() ? "" : " (default " + otherwise + ")"))
                    .build());
        }
        return spec;
    }

    private static String flags() {
        StringBuilder flags = new StringBuilder();
        for (Setting setting : Setting.values()) {
            flags.append(flags.isEmpty() ? "" : ", ").append(setting.flag());
        }
        return flags.toString();
    }
}
