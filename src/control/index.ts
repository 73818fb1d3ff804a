/** The operator's JSON API: publish, register, subscribe, rotate, back up. It holds no SQL and decides nothing: the rooms below do. */
export { controlAddress } from './address.js'
export { type ControlNeeds, createControl } from './control.js'
export { listenOnSocket } from './listen.js'
