/** An upstream that answers from what an API version declares: its cases, its simulation over data, its contract's examples. */
export { createSandbox, type Sandbox, type SandboxOptions } from './create-sandbox.js'
export { type ReadSimulation, readSimulation, type SimulationMistake } from './simulation/read-simulation.js'
export { simulationReference } from './simulation/reference.js'
