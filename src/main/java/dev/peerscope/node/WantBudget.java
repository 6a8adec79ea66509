package dev.peerscope.node;

import dev.peerscope.engine.EngineLimits;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;

/**
 * How many watches and downloads there are, and how many blocks they hold, against the engine's bounds.
 *
 * <p>
 * A block that two of them hold counts twice here, so the engine's own bound is never met first.
 */
final class WantBudget {

    private final EngineLimits limits;
    private final EngineLoop loop;
    private int holders;
    private long blocks;

    /**
     * @param loop
     *            is told of every bound that was met
     */
    WantBudget(EngineLimits limits, EngineLoop loop) {
        this.limits = limits;
        this.loop = loop;
    }

    /**
     * One more watch or download.
     *
     * @throws LimitMetException
     *             when there are as many as may be
     */
    synchronized void takeHolder() {
        if (holders >= limits.wantHolders()) {
            throw met(LimitName.WANT_HOLDERS,
                    "there are " + holders + " watches and downloads, as many as may be: end one first");
        }
        holders++;
    }

    /**
     * So many blocks for one of them.
     *
     * @throws LimitMetException
     *             when that would be too many in all
     */
    synchronized void takeBlocks(long count) {
        if (count > limits.wants() - blocks) {
            throw met(LimitName.WANTS, count + " more blocks cannot be wanted: " + blocks + " of "
                    + limits.wants() + " are wanted already");
        }
        blocks += count;
    }

    /** A watch or download with so many blocks has ended. */
    synchronized void giveBack(long count) {
        holders--;
        blocks -= count;
    }

    /** Makes its limit known. */
    void register(LimitRegister register) {
        register.register(LimitName.WANT_HOLDERS, limits.wantHolders(), this::holders);
    }

    private synchronized int holders() {
        return holders;
    }

    private LimitMetException met(LimitName limit, String sentence) {
        loop.tellLimitMet(limit);
        return new LimitMetException(limit, sentence);
    }
}
