/**
 * What is exchanged: content identifiers, the addresses of blocks, sets of leaf indices, blocks and prices.
 *
 * <p>Everything here is an immutable value. In flow bytes and text from the wire and from users, which are checked
 * completely before a value exists; out flow values that need no further checks, and the same bytes and text again.
 * The forms follow the multiformats specifications (CID, multihash, multibase, unsigned varint) as Codex applies them:
 * only content types and hash functions that a Codex node knows are accepted.
 */
@NullMarked
package dev.peerscope.block;

import org.jspecify.annotations.NullMarked;
