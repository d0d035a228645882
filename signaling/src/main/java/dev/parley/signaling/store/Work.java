package dev.parley.signaling.store;

import java.sql.SQLException;

/// Something to do with a connection, inside a transaction.
@FunctionalInterface
interface Work<T> {
    T run(SqlConnection connection) throws SQLException;
}
