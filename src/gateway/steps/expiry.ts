import type { Step } from './step.js'

/** A token past its end goes no further than here, where its platform counts such calls too. */
export const expiryStep: Step = ({ ended }) => ended
