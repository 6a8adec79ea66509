// A dataset of made-up but repeatable bytes: blocks, their tree, and the manifest that describes them.
import { createHash } from 'node:crypto'
import { Cid, CODEC, SHA_256 } from './cid.js'
import { MerkleTree } from './merkle.js'
import { ProtobufWriter } from './protobuf.js'

const CID_VERSION_1 = 2

export class Dataset {
  constructor ({ seed, count, blockSize, filename, mimetype }) {
    this.blocks = Array.from({ length: count }, (_, index) => blockData(seed, index, blockSize))
    this.cids = this.blocks.map(data => Cid.ofData(CODEC.block, data))
    this.tree = new MerkleTree(this.cids.map(cid => cid.digest))
    this.treeCid = Cid.ofDigest(CODEC.root, this.tree.root)
    this.size = count * blockSize
    this.manifest = encodeManifest({ treeCid: this.treeCid, blockSize, size: this.size, filename, mimetype })
    this.manifestCid = Cid.ofData(CODEC.manifest, this.manifest)
  }

  // Every block under its address, as it is delivered: the manifest on its own, each leaf with its proof.
  * deliveries () {
    yield { cid: this.manifestCid.toString(), data: this.manifest, address: { cid: this.manifestCid.toString() } }
    for (let index = 0; index < this.blocks.length; index++) {
      yield {
        cid: this.cids[index].toString(),
        data: this.blocks[index],
        address: { treeCid: this.treeCid.toString(), index },
        proof: this.tree.proof(index)
      }
    }
  }

  describe () {
    return {
      manifestCid: this.manifestCid.toString(),
      treeCid: this.treeCid.toString(),
      blocks: this.blocks.length,
      size: this.size,
      leafCids: this.cids.map(String)
    }
  }
}

export function encodeManifest ({ treeCid, blockSize, size, filename, mimetype }) {
  const header = new ProtobufWriter()
    .bytes(1, treeCid.bytes)
    .varint(2, blockSize)
    .varint(3, size)
    .varint(4, CODEC.block)
    .varint(5, SHA_256)
    .varint(6, CID_VERSION_1)
  if (filename !== undefined) {
    header.bytes(8, Buffer.from(filename))
  }
  if (mimetype !== undefined) {
    header.bytes(9, Buffer.from(mimetype))
  }
  return new ProtobufWriter().bytes(1, header.finish()).finish()
}

function blockData (seed, index, length) {
  return createHash('shake256', { outputLength: length }).update(`${seed}/${index}`).digest()
}
