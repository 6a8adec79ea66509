/**
 * Read models for people: what the engine, the directory of peers and the journal know, put together in the shapes that the API
 * shows.
 *
 * <p>
 * Questions flow in as plain arguments; immutable records flow out. What the engine knows is read on the engine's thread in
 * bounded slices, a slice and the key after which the next one begins at a time. Nothing here changes anything.
 */
@NullMarked
package dev.peerscope.view;

import org.jspecify.annotations.NullMarked;
