/**
 * Peerscope as others meet it: the finished jar in processes of its own, real sockets, and peers that this project did
 * not write. These tests run in {@code verify}, after the jar has been packaged.
 */
@NullMarked
package dev.peerscope.it;

import org.jspecify.annotations.NullMarked;
