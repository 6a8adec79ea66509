// The codec of this peer against the vectors that the real Codex encoder wrote.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { encodeManifest } from '../codex/dataset.js'
import { Cid } from '../codex/cid.js'
import { decodeMessage, encodeMessage } from '../codex/message.js'
import { decodeProof, encodeProof, MerkleTree, verifyProof } from '../codex/merkle.js'

const folder = new URL('../../resources/vectors/', import.meta.url)
const { vectors } = JSON.parse(readFileSync(new URL('index.json', folder)))
const ofKind = kind => vectors
  .filter(vector => vector.kind === kind)
  .map(vector => ({ ...vector, hex: readFileSync(new URL(vector.file, folder)).toString('hex') }))

// Prices of other than 32 bytes show what the decoder accepts; no encoder of prices produces them.
const hasForeignPrice = vector => vector.name.startsWith('presence_raw_')

for (const vector of ofKind('message').filter(vector => !hasForeignPrice(vector))) {
  test(`message ${vector.name} comes back byte for byte`, () => {
    const message = decodeMessage(Buffer.from(vector.hex, 'hex'))

    assert.equal(encodeMessage(message).toString('hex'), vector.hex)
  })
}

for (const { name, value, hex } of ofKind('cid')) {
  test(`${name} has the same text`, () => {
    const cid = new Cid(Buffer.from(hex, 'hex'))

    assert.equal(cid.toString(), value.nim)
    assert.equal(Cid.parse(value.nim).bytes.toString('hex'), hex)
  })
}

test('a want for a CID of version 0 is read as the real decoder reads it, and comes back byte for byte', () => {
  const { cases } = JSON.parse(readFileSync(new URL('decode.json', folder)))
  const { hex, decoded } = cases.find(({ name }) => name === 'cid_v0')
  const expected = decoded.wantList.entries[0].address.cid

  const [entry] = decodeMessage(Buffer.from(hex, 'hex')).entries
  const cid = Cid.parse(entry.address.cid)

  assert.equal(entry.address.cid, expected.nim)
  assert.equal(cid.bytes.toString('hex'), expected.hex)
  assert.equal(cid.codec, Number(expected.codecHex))
})

for (const { name, value } of ofKind('merkletree')) {
  test(`${name} has the same root and proofs`, () => {
    const leaves = value.leafHashes.map(hash => Buffer.from(hash, 'hex'))

    const tree = new MerkleTree(leaves)

    assert.equal(tree.root.toString('hex'), value.rootHex)
    value.proofs.forEach((expected, index) => {
      const proof = tree.proof(index)
      assert.deepEqual(proof.path.map(hash => hash.toString('hex')), expected.path)
      assert.ok(verifyProof(proof, leaves[index], tree.root))
      assert.ok(!verifyProof({ ...proof, index: index ^ 1 }, leaves[index], tree.root))
    })
  })
}

for (const { name, hex } of ofKind('merkleproof')) {
  test(`${name} comes back byte for byte`, () => {
    assert.equal(encodeProof(decodeProof(Buffer.from(hex, 'hex'))).toString('hex'), hex)
  })
}

for (const { name, value, hex } of ofKind('manifest').filter(vector => vector.value.protected === false)) {
  test(`${name} is written the same`, () => {
    const manifest = encodeManifest({
      treeCid: Cid.parse(value.treeCid.nim),
      blockSize: value.blockSize,
      size: BigInt(value.datasetSize),
      filename: value.filename ?? undefined,
      mimetype: value.mimetype ?? undefined
    })

    assert.equal(manifest.toString('hex'), hex)
  })
}
