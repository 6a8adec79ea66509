// What the peer says it has, at which price, and what it could deliver.
import { keyOf } from '../codex/address.js'

export class Inventory {
  #prices = new Map()
  #deliveries = new Map()

  // Replaces every claim; what could be delivered stays.
  replace (items) {
    this.#prices.clear()
    this.add(items)
  }

  add (items) {
    items.forEach(({ price = '0', ...address }) => this.#prices.set(keyOf(address), { address, price: String(price) }))
  }

  remove (addresses) {
    addresses.forEach(address => this.#prices.delete(keyOf(address)))
  }

  // Keeps a block's data; it is claimed only once it is added.
  keep (delivery) {
    this.#deliveries.set(keyOf(delivery.address), delivery)
  }

  presences () {
    return [...this.#prices.values()].map(({ address, price }) => ({ address, have: true, price }))
  }

  // The presence to answer a want-have with, or undefined where a Codex node is silent.
  answer ({ address, sendDontHave }) {
    const claim = this.#prices.get(keyOf(address))
    if (claim !== undefined) {
      return { address, have: true, price: claim.price }
    }
    return sendDontHave ? { address, have: false, price: '0' } : undefined
  }

  // The delivery of a claimed block whose data is kept, or undefined.
  deliveryOf (address) {
    return this.#prices.has(keyOf(address)) ? this.#deliveries.get(keyOf(address)) : undefined
  }

  kept (address) {
    const delivery = this.#deliveries.get(keyOf(address))
    if (delivery === undefined) {
      throw new RangeError(`no data is kept for ${keyOf(address)}`)
    }
    return delivery
  }
}
