/** An upstream that answers from what an API version declares: its cases, its simulation over data, its contract's examples. */

export { createCaseNotes } from './cases/case-notes.js'
export { checkSimulations } from './check-simulations.js'
export { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.js'
export { type CaseFile, caseFileLimits, type RefusedFile, readCaseFiles } from './import/case-files.js'
export { checkPersonas } from './personas/check-personas.js'
export { type ReadSimulation, readSimulation } from './simulation/read-simulation.js'
export { simulationReference } from './simulation/reference.js'
