package dev.parley.bench.forward;

import dev.parley.bench.report.Child;
import dev.parley.bench.report.Figures;
import dev.parley.bench.report.Pinning;
import java.io.IOException;
import java.util.List;

/// The C program beside the server, on the same core in turns with it. One thread.
final class Floor implements AutoCloseable {
    /// What it had done and used at one moment.
    record Mark(long received, long sent, long cpuNs) {}

    private final Child program;
    private final int port;
    private final Figures usPerPacket = new Figures();

    Floor(String program, int destinations, Pinning pinning) throws IOException {
        this.program = new Child(pinning.measured(List.of(program, Integer.toString(destinations))));
        this.port = Integer.parseInt(this.program.expect("PORT "));
    }

    int port() {
        return port;
    }

    Mark mark() {
        program.say("mark");
        String[] numbers = program.expect("MARK ").split(" ");
        return new Mark(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    void measured(Mark from, Mark to) {
        usPerPacket.add((to.cpuNs - from.cpuNs) / 1e3 / (to.sent - from.sent));
    }

    Figures usPerPacket() {
        return usPerPacket;
    }

    @Override
    public void close() {
        program.close();
    }
}
