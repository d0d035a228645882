package dev.parley.signaling.rooms;

import dev.parley.sfu.api.JoinException;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine's reasons against an offer as the protocol names them.
final class EngineRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRefusals.class);

    private EngineRefusals() {}

    static Refusal of(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof JoinException refused) {
            return new Refusal(code(refused.code()), refused.detail());
        }
        LOG.error("the engine failed on an offer", cause);
        return new Refusal(RefusalCode.INTERNAL, "a fault of the server");
    }

    private static RefusalCode code(JoinException.Code code) {
        return switch (code) {
            case BAD_SDP -> RefusalCode.BAD_SDP;
            case BUNDLE_REQUIRED -> RefusalCode.BUNDLE_REQUIRED;
            case NO_COMMON_CODEC -> RefusalCode.NO_COMMON_CODEC;
            case FULL -> RefusalCode.FULL;
            case GONE -> RefusalCode.GONE;
            case DRAINING -> RefusalCode.DRAINING;
        };
    }
}
