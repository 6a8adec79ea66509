/** Reads the golden vectors for every test that measures this project against the real implementation. */
@NullMarked
package dev.peerscope.vectors;

import org.jspecify.annotations.NullMarked;
