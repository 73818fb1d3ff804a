/** The shapes that every room agrees on: platform, realm, API, scope, quota, exchange, dialect. It reads platforms or refuses with file, line, reason and mend. */
export * from './api.js'
export * from './check-platforms.js'
export * from './dialect.js'
export { dialectOf } from './dialects/dialect-of.js'
export * from './environment.js'
export * from './exchange.js'
export * from './format-mistakes.js'
export * from './json.js'
export * from './json-schemas.js'
export { type PatternEngine, patternEngine } from './linear-pattern.js'
export * from './load-platforms.js'
export * from './mistake.js'
export * from './oauth-habits.js'
export * from './parse-api.js'
export * from './persona.js'
export * from './platform.js'
export {
  type AnswerProjection,
  apiProjection,
  type OperationProjection,
  type Projector,
} from './projection/api-projection.js'
export * from './quota.js'
export { collisionIn } from './reading/collisions.js'
export { formatPath, parsePathShape } from './reading/path-shape.js'
export { scopeIn } from './reading/read-api.js'
export { parseSource } from './reading/source.js'
export * from './refusals.js'
export * from './sandbox-case.js'
export * from './sign-in-habits.js'
export * from './snapshot.js'
export * from './token-target.js'
export * from './tour.js'
