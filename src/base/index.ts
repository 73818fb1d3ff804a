/** The ground: problems, clock, identifiers, log and settings. It knows nothing of what stands on it. */
export * from './clock.js'
export * from './gathering.js'
export * from './identifiers.js'
export * from './log.js'
export * from './problem.js'
export * from './settings.js'
export * from './settings-reference.js'
export * from './text.js'
