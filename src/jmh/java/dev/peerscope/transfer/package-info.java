/**
 * Measures how fast blocks go from one process to another: between two nodes of ours, over a bare line with the same cipher and
 * hash, and between two js-libp2p nodes.
 */
@NullMarked
package dev.peerscope.transfer;

import org.jspecify.annotations.NullMarked;
