package dev.peerscope.engine;

import java.util.function.Consumer;

/** Engine limits of which a test names only those that matter to it. */
final class Limits {

    int peers = EngineLimits.DEFAULT.peers();
    int peerWantList = EngineLimits.DEFAULT.peerWantList();
    long peerPresences = EngineLimits.DEFAULT.peerPresences();
    int peerPrices = EngineLimits.DEFAULT.peerPrices();
    int peerAnswers = EngineLimits.DEFAULT.peerAnswers();
    long wants = EngineLimits.DEFAULT.wants();
    int wantHolders = EngineLimits.DEFAULT.wantHolders();
    int provenWrong = EngineLimits.DEFAULT.provenWrong();

    private Limits() {}

    static EngineLimits with(Consumer<Limits> change) {
        var limits = new Limits();
        change.accept(limits);
        return new EngineLimits(limits.peers, limits.peerWantList, limits.peerPresences,
                limits.peerPrices,
                limits.peerAnswers, limits.wants, limits.wantHolders, limits.provenWrong);
    }
}
