// Deliveries that are wrong in one way each.
export const FAULTS = Object.freeze({
  wrongProof: delivery => ({ ...delivery, proof: { ...delivery.proof, path: flipOne(delivery.proof.path) } }),
  wrongIndex: delivery => ({ ...delivery, proof: { ...delivery.proof, index: delivery.proof.index ^ 1 } }),
  noProof: delivery => ({ ...delivery, proof: undefined }),
  wrongData: delivery => ({ ...delivery, data: flipped(delivery.data) })
})

function flipOne (path) {
  return [flipped(path[0]), ...path.slice(1)]
}

function flipped (bytes) {
  const copy = Buffer.from(bytes)
  copy[0] ^= 1
  return copy
}
