package dev.peerscope.node;

import java.util.List;

/** A part of the node that has bounds of its own, and says how near it is to them. Safe for use by any thread. */
interface Bounded {

    List<LimitUse> limitUses();
}
