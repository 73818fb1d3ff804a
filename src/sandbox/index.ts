/** An upstream that answers from what an API version declares: its cases, its simulation over data, its contract's examples. */

export { createCaseNotes } from './cases/case-notes.js'
export { checkCase } from './cases/check-case.js'
export { casesAt, isForTheRest, paramsKey } from './cases/exact-case.js'
export { checkSimulations } from './check-simulations.js'
export { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.js'
export { synthesise } from './examples/synthesise.js'
export type { CaseFile } from './import/case-file.js'
export { caseFileLimits, type ReadCases, type RefusedFile, readCaseFiles } from './import/case-files.js'
export { type CaseToWrite, writeCaseFile } from './import/write-case-file.js'
export { checkPersonas } from './personas/check-personas.js'
export { type ReadSimulation, readSimulation } from './simulation/read-simulation.js'
export { simulationReference } from './simulation/reference.js'
