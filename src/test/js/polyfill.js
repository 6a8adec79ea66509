// Node 20 has no Promise.withResolvers, and without it libp2p's connections fail with a misleading
// ECONNRESET. This module must be the first import of whatever starts libp2p.
if (Promise.withResolvers === undefined) {
  Promise.withResolvers = function withResolvers () {
    let resolve
    let reject
    const promise = new this((onResolve, onReject) => {
      resolve = onResolve
      reject = onReject
    })
    return { promise, resolve, reject }
  }
}
