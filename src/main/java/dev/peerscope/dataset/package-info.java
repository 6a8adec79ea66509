/**
 * What blocks add up to: manifests, Merkle trees and proofs, and cutting data into blocks.
 *
 * <p>
 * In flow the bytes of manifests, trees and proofs, and data that is to become a dataset; out flow checked records, the
 * same bytes again, and blocks with their tree and manifest. All of it follows Codex byte for byte: its keyed SHA2-256
 * tree, and its protobuf messages in which every field is written, zero or not.
 */
@NullMarked
package dev.peerscope.dataset;

import org.jspecify.annotations.NullMarked;
