package dev.parley.signaling.store;

/// What the outside measures of the database. Called on the store's threads and by those who ask it.
public interface StoreWatch {
    /// A transaction is on the disk.
    void committed(long nanos);

    /// Something was not stored or not read.
    void failed(Fault fault);

    void limitHit(String limit);
}
