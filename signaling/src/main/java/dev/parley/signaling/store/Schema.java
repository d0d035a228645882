package dev.parley.signaling.store;

import java.nio.file.Path;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/// The shape of the database: scripts in `db/migration`, each applied once, in order. A script that was released never
/// changes.
final class Schema {
    private final Flyway flyway;

    private Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    static Schema of(Path file) {
        return new Schema(Flyway.configure(Schema.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(SqlConnection.writing(file))
                .locations("classpath:db/migration")
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .load());
    }

    /// Refuses what a newer program made, or nobody of ours.
    void check() throws StoreException {
        try {
            MigrationInfoService info = flyway.info();
            if (info.applied().length == 0) {
                throw new StoreException("it has no schema of ours");
            }
            MigrationInfo last = info.applied()[info.applied().length - 1];
            if (unknown(last.getState())) {
                throw new StoreException("its schema is version " + last.getVersion() + ", this program knows "
                        + newest(info) + ": start the program that made it, or a newer one");
            }
        } catch (FlywayException e) {
            throw new StoreException("its schema cannot be read: " + firstLine(e), e);
        }
    }

    private static boolean unknown(MigrationState state) {
        return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
    }

    private static String newest(MigrationInfoService info) {
        return Arrays.stream(info.all())
                .filter(each -> each.getState().isResolved())
                .map(each -> each.getVersion().toString())
                .reduce("0", (_, later) -> later);
    }

    void migrate() throws StoreException {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreException("its schema cannot be brought up to date: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
