import { runs } from './plan.js'
import { runTogether } from './run-together.js'

await runTogether(runs['07-at-once'])
