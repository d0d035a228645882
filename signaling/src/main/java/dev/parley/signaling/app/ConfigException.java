package dev.parley.signaling.app;

/// The configuration cannot be used; the message names key, value and what is allowed.
final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }

    static ConfigException notAllowed(Setting setting, Setting.Value value) {
        return new ConfigException(setting.key() + " (" + value.where() + "): '" + value.text()
                + "' is not allowed; allowed: " + setting.allowed());
    }
}
