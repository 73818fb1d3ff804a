/** The ground: problems, clock, identifiers and log. It knows nothing of what stands on it. */
export * from './address-key.js'
export * from './clock.js'
export * from './gathering.js'
export * from './identifiers.js'
export * from './log.js'
export * from './make-folder.js'
export * from './problem.js'
export * from './text.js'
