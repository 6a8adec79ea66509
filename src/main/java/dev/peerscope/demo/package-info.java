/**
 * The embedded swarm that a newcomer sees: peers on loopback that trade two small datasets with the inspected node.
 *
 * <p>
 * Each peer is a whole node, of the same kind as the inspected one, with an identity, a store and a listener of its own. A
 * script, which follows from the seed alone, says who does what and when; the swarm carries it out. Nothing of what is shown
 * goes another way than through sockets: the swarm changes what its peers hold, charge and ask, and the inspected node finds
 * out by asking. Where the script has the inspected node itself do something, it does what an operator can do over the API.
 */
@NullMarked
package dev.peerscope.demo;

import org.jspecify.annotations.NullMarked;
