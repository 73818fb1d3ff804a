/** The operator's JSON API: publish, register, subscribe, rotate, back up. It holds no SQL and decides nothing: the rooms below do. */
export { createControl } from './control.js'
export type { ControlNeeds, DemoApplication } from './control-needs.js'
export { listenOnSocket } from './listen.js'
