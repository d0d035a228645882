package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.sctp.packet.ForwardTsnChunk.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Chunks of all kinds with random contents.
public final class RandomChunk {
    private RandomChunk() {}

    public static Chunk of(SplittableRandom random) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> data(random, false);
            case 2, 3 -> data(random, true);
            case 4 -> init(random);
            case 5, 6 -> sack(random);
            case 7 -> new HeartbeatChunk(random.nextBoolean(), bytes(random, 40));
            case 8 -> new AbortChunk(random.nextBoolean(), causes(random));
            case 9 -> new ErrorChunk(causes(random));
            case 10 -> random.nextBoolean() ? new ShutdownChunk(random.nextInt()) : new ShutdownAckChunk();
            case 11 -> new ShutdownCompleteChunk(random.nextBoolean());
            case 12 -> random.nextBoolean() ? new CookieEchoChunk(bytes(random, 100)) : new CookieAckChunk();
            case 13 -> forward(random);
            case 14 -> reconfig(random);
            default -> new UnknownChunk(200 + random.nextInt(50), random.nextInt(256), bytes(random, 20));
        };
    }

    private static DataChunk data(SplittableRandom random, boolean interleaved) {
        boolean begin = random.nextBoolean();
        DataHeader header = new DataHeader(
                interleaved,
                random.nextBoolean(),
                random.nextBoolean(),
                begin,
                random.nextBoolean(),
                random.nextInt(),
                random.nextInt(1 << 16),
                interleaved ? random.nextInt() : random.nextInt(1 << 16),
                interleaved && !begin ? random.nextInt() : 0,
                interleaved && !begin ? 0 : random.nextInt());
        byte[] payload = bytes(random, 300);
        return new DataChunk(header, payload, 0, payload.length);
    }

    private static InitChunk init(SplittableRandom random) {
        boolean ack = random.nextBoolean();
        InitParameters parameters = InitParameters.of(
                random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        return new InitChunk(
                ack,
                random.nextInt(),
                Integer.toUnsignedLong(random.nextInt()),
                random.nextInt(1 << 16),
                random.nextInt(1 << 16),
                random.nextInt(),
                ack ? parameters.withCookie(bytes(random, 120), new byte[0]) : parameters);
    }

    private static SackChunk sack(SplittableRandom random) {
        return new SackChunk(
                random.nextInt(),
                Integer.toUnsignedLong(random.nextInt()),
                random.ints(2L * random.nextInt(20), 0, 1 << 16).toArray(),
                random.ints(random.nextInt(5)).toArray());
    }

    private static ForwardTsnChunk forward(SplittableRandom random) {
        boolean interleaved = random.nextBoolean();
        Skipped[] skipped = new Skipped[random.nextInt(8)];
        for (int i = 0; i < skipped.length; i++) {
            skipped[i] = new Skipped(
                    random.nextInt(1 << 16),
                    interleaved && random.nextBoolean(),
                    interleaved ? random.nextInt() : random.nextInt(1 << 16));
        }
        return new ForwardTsnChunk(interleaved, random.nextInt(), skipped);
    }

    private static ReconfigChunk reconfig(SplittableRandom random) {
        List<ReconfigParameter> parameters = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            int[] streams = random.ints(random.nextInt(6), 0, 1 << 16).toArray();
            parameters.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                            new ReconfigParameter.OutgoingReset(
                                    random.nextInt(), random.nextInt(), random.nextInt(), streams);
                        case 1 -> new ReconfigParameter.IncomingReset(random.nextInt(), streams);
                        case 2 -> new ReconfigParameter.Response(random.nextInt(), random.nextInt(8));
                        default -> new ReconfigParameter.OtherRequest(17, random.nextInt());
                    });
        }
        return new ReconfigChunk(parameters);
    }

    private static List<ErrorCause> causes(SplittableRandom random) {
        List<ErrorCause> causes = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            causes.add(new ErrorCause(random.nextInt(1, 14), bytes(random, 20)));
        }
        return causes;
    }

    private static byte[] bytes(SplittableRandom random, int most) {
        byte[] bytes = new byte[random.nextInt(1, most)];
        random.nextBytes(bytes);
        return bytes;
    }
}
